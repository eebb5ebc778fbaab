import { VendorError } from '../../kit/errors';
import type { HttpResponse } from '../../kit/provider';
import { statusDetails } from '../../kit/vendorResponse';
import type { Description, ExtraValue, Step } from './description/schema';
import type { LoginCredentials, StepName } from './loginCredentials';
import { describePlace, readPlace } from './places';

const ORDER: StepName[] = ['before', 'login', 'after'];

/** The request that a login makes next; `null`: it makes no request. */
export function currentStep({
	description,
	progress,
}: LoginCredentials): { name: StepName; step: Step } | null {
	const name = progress?.step ?? ORDER.find((one) => description[one] !== undefined);
	const step = name && description[name];
	return name === undefined || step === undefined ? null : { name, step };
}

/** The request after that one; `undefined`: it is the last. */
export function stepAfter(description: Description, name: StepName): StepName | undefined {
	return ORDER.slice(ORDER.indexOf(name) + 1).find((one) => description[one] !== undefined);
}

/** What comes with the token, by name. */
export function namesTaken(description: Description): Array<[name: string, ExtraValue]> {
	const steps = ORDER.flatMap((name) => Object.entries(description[name]?.take ?? {}));
	return [...steps, ...Object.entries(description.also)];
}

/**
 * The values that a response has for these names.
 * @throws what `missing` makes of the first that is needed and not there
 */
export function takeFrom(
	places: Record<string, ExtraValue>,
	response: HttpResponse,
	token: string,
	now: number,
	missing: (name: string, place: ExtraValue) => Error,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(places).flatMap(([name, place]) => {
			const value = readPlace(place, response, token, now);
			if (value !== null) return [[name, value]];
			if (place.optional) return [];
			throw missing(name, place);
		}),
	) as Record<string, string>;
}

/** A request beside the login has no value that is needed: that says nothing about the secret. */
export function missingBeside(
	which: string,
	name: string,
	place: ExtraValue,
	response: HttpResponse,
	now: number,
): VendorError {
	return new VendorError(
		`The request ${which} the login gave no value for "${name}" (HTTP ${response.status})`,
		{
			...statusDetails(response, now),
			description: `Nothing stands at ${describePlace(place)} of its response. Check the address of the credential, and whether the service still responds like that.`,
		},
	);
}
