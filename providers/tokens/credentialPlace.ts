import { InputError } from '../kit/errors';
import type { Credentials, Provider } from '../kit/provider';
import { credentialKey } from './accessToken';
import type { Engine } from './engine';
import type { Place, PlaceOptions } from '../limit/rateLimit';

/**
 * The next place in the line of those that make requests with a credential, within the share of this process.
 * @throws {InputError} when there is less than one request for each process
 */
export function placeFor(
	{ rateLimit }: Engine,
	provider: Provider,
	credentials: Credentials,
	options: PlaceOptions,
): Place {
	const perMinute = shareOf(options.perMinute, credentials);
	return rateLimit.placeFor(credentialKey(provider, credentials), { ...options, perMinute });
}

/** Processes have no memory in common, so that each keeps to its part of the limit. */
function shareOf(perMinute: number, { processes = 1 }: Credentials): number {
	if (perMinute === 0 || perMinute >= processes) return Math.floor(perMinute / processes);
	throw new InputError(
		`${perMinute} requests a minute are too few for the ${processes} processes that share them`,
		{
			description:
				'Raise "Requests per Minute", or lower "Processes Sharing the Limit" in the credential: each process needs one request a minute at least.',
		},
	);
}
