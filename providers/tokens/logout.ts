import { withinTime } from '../http/deadline';
import type { Send } from '../http/transport';
import { CanceledError } from '../kit/errors';
import type { AccessToken, Credentials, Provider } from '../kit/provider';
import type { Place } from '../limit/rateLimit';
import type { Engine } from './engine';
import { authorizedRequest } from './ownRequest';
import type { RunReport } from './runReport';
import type { EndSession } from './sessions';

/** How long a logout may take, its wait for room under the limit of requests a minute included. */
const LOGOUT_MS = 10_000;

/** How a logout is sent: as the login was. */
export interface LogoutOptions {
	send: Send;
	/** Of the login or call: a logout waits behind all others. */
	place: Place;
	report?: RunReport;
}

/**
 * What ends sessions of a credential. Nobody waits for it, it is tried once, and nothing depends on it: a session
 * that cannot be ended ends by itself.
 */
export function sessionEnd(
	engine: Engine,
	provider: Provider,
	credentials: Credentials,
	how: LogoutOptions,
): EndSession {
	return (token) => {
		logOut(engine, provider, credentials, how, token).then(
			(status) => how.report?.loggedOut(status),
			(error: unknown) => how.report?.logoutFailed(error),
		);
	};
}

/** @returns the HTTP status with which the service answered */
async function logOut(
	{ runtime: env }: Engine,
	provider: Provider,
	credentials: Credentials,
	how: LogoutOptions,
	token: AccessToken,
): Promise<number> {
	const asked = provider.logoutRequest?.({ credentials, token, env }) ?? null;
	if (asked === null) throw new CanceledError();
	const request = authorizedRequest(provider, credentials, token, asked, env);
	const place = how.place.last();
	try {
		const limit = { ms: LOGOUT_MS, late: () => new CanceledError() };
		const send = async (stop: AbortSignal) => await how.send(request, stop);
		const { status } = await withinTime(
			env,
			limit,
			async (stop) => await place.use(async () => await send(stop), stop),
		);
		return status;
	} finally {
		place.leave();
	}
}
