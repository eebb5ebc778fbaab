import { SERVICES, type ServiceName } from './tokenApi/services';
import type { Answer, Failure, Faults, VendorFaults } from './types';

/** Faults as they are when nothing is wrong. */
export function noFaults(): Faults {
	const services = Object.keys(SERVICES).map((name) => [name, {}]);
	return {
		...(Object.fromEntries(services) as Record<ServiceName, VendorFaults>),
		maxus: {},
		agentAuth: {},
		serviceComb: {},
		yesApi: {},
		maxusRateLimit: 600,
		maxusSingleUse: false,
		serviceCombDeletedAccounts: [],
		yesApiMisspelledErrCode: false,
	};
}

/** The answer the next planned failure gives, which is used up by that, or `null`. */
export function takeFailure(faults: VendorFaults, kind: 'token' | 'business'): Answer | null {
	const planned = kind === 'token' ? faults.tokenFailures : faults.businessFailures;
	const failure = planned?.[0];
	if (!planned || !failure) return null;
	const left = (failure.times ?? 1) - 1;
	if (left > 0) planned[0] = { ...failure, times: left };
	else planned.shift();
	return failureAnswer(failure);
}

/** How much later than usual a call of this kind is answered. */
export function delayOf(faults: VendorFaults, kind: 'token' | 'business'): number {
	return (kind === 'token' ? faults.tokenDelayMs : faults.businessDelayMs) ?? 0;
}

function failureAnswer(failure: Failure): Answer {
	const { redirectTo } = failure;
	return {
		status: failure.status ?? (redirectTo === undefined ? 500 : 302),
		headers: {
			'Content-Type': failure.contentType ?? 'application/json; charset=utf-8',
			...(redirectTo === undefined ? {} : { Location: redirectTo }),
			...failure.headers,
		},
		body: failure.body ?? '',
		cut: failure.cut ?? false,
	};
}
