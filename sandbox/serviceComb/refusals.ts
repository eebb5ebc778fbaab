import { json } from '../respond';
import type { Answer } from '../types';

// As the open-source Service Center has them.
const MESSAGES: Record<number, string> = {
	400001: 'Invalid parameter(s)',
	400012: 'Micro-service does not exist',
	400016: 'Schema does not exist',
	400017: 'Instance does not exist',
	400200: 'Account not exists',
	400202: 'Account has invalid role(s)',
	401201: 'Request unauthorized',
	401202: 'User name or password is wrong',
	401204: 'No authorization header',
	401205: 'Token is expired',
	401206: 'The account that owns the token is deleted',
	401207: 'Password is wrong',
	401302: 'User name or password is wrong',
	403001: 'Forbidden',
	403201: 'Account blocked',
	403202: 'Forbid to operate build-in account(s)',
	403204: 'Forbid to operate your own account',
	403205: 'No permission(s)',
	409200: 'account name is duplicated',
	500003: 'Internal server error',
};

/** A refusal as ServiceComb writes it. The HTTP status is the first three digits of the code. */
export function refused(
	code: number,
	detail?: string,
	message = MESSAGES[code] ?? 'Unknown',
): Answer {
	return json(Math.floor(code / 1000), {
		errorCode: String(code),
		errorMessage: message,
		...(detail === undefined || detail === '' ? {} : { detail }),
	});
}
