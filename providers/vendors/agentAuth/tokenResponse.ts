import { VendorError } from '../../kit/errors';
import { scalarText } from '../../kit/json';
import { readClaims, timeClaim } from '../../kit/jwt';
import type { AccessToken, Environment, HttpResponse } from '../../kit/provider';
import { readObjectOrStatus, readTokenText, statusDetails } from '../../kit/vendorResponse';
import { meaningOf, readCode } from './codes';
import { labelOf, readLogUUID, said, withLogUUID } from './texts';

type JsonObject = Record<string, unknown>;

const NAME = 'Agent Auth';

/** The token in a response. @throws {VendorError} when there is none */
export function readTokenResponse({
	response,
	env: { now },
}: {
	response: HttpResponse;
	env: Environment;
}): AccessToken {
	const parsed = readObjectOrStatus(NAME, response, [401, 403], now());
	if (readCode(parsed) !== '0') throw tokenRefusal(response, parsed, now());
	const { accessToken, expiresIn } = (parsed.data ?? {}) as Record<string, unknown>;
	const advice = withLogUUID('Try again; if this continues, ask Agent Auth.', parsed);
	const token = readTokenText(NAME, accessToken, response, now(), advice);
	const claims = readClaims(token);
	const seconds = Number(scalarText(expiresIn));
	return {
		token,
		issuedAt: timeClaim(claims, 'iat'),
		expiresAt: seconds > 0 ? now() + seconds * 1000 : timeClaim(claims, 'exp'),
		claims,
		details: { logUUID: readLogUUID(parsed) },
	};
}

/** Why a response to a token request holds no token. @param now Unix milliseconds */
function tokenRefusal(response: HttpResponse, parsed: JsonObject, now: number): VendorError {
	const details = statusDetails(response, now);
	const code = readCode(parsed);
	const meaning = code === null ? undefined : meaningOf(code);
	const byStatus = refusalByStatus(response.status, details.isTransient);
	const message = meaning?.message('token request') ?? byStatus.message;
	return new VendorError(`${message} (${labelOf(code, response)})${said(parsed)}`, {
		...details,
		...(code !== null && { vendorCode: code }),
		said: [said(parsed), readLogUUID(parsed) ?? ''],
		credentialRejected: meaning ? meaning.credentialRejected : byStatus.credentialRejected,
		isTransient: meaning ? meaning.isTransient : details.isTransient,
		description: withLogUUID(meaning?.tokenAdvice ?? byStatus.description, parsed),
	});
}

function refusalByStatus(status: number, isTransient: boolean) {
	if (isTransient) {
		return {
			message: 'Agent Auth cannot issue a token at the moment',
			description: 'Try again later.',
		};
	}
	if (status === 404) {
		return {
			message: 'There is no Agent Auth token endpoint at this base URL',
			description: 'Check the Base URL of the credential.',
		};
	}
	if (status === 401 || status === 403) {
		return {
			message: 'Agent Auth did not issue a token',
			description:
				'Check the Agent ID and the Secret of the credential. If both are correct, ask Agent Auth whether the agent is active, and whether calls from the address of n8n are allowed.',
			credentialRejected: true,
		};
	}
	return {
		message: 'Agent Auth did not issue a token',
		description: 'Check the Base URL of the credential; if it is correct, ask Agent Auth.',
	};
}
