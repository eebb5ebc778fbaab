import { SERVICES } from './tokenApi/services';
import type { Answer, Exchange, Failure, OwnFaults, Vendor, VendorFaults } from './types';
import { VENDORS } from './vendors';

type VendorName = keyof typeof VENDORS | keyof typeof SERVICES;

/** What is to go wrong: with any vendor, and with one alone. */
export interface Faults extends Record<VendorName, VendorFaults>, OwnFaults {}

/** Those of the vendor of that name; nothing goes wrong with a service that is played from its file. */
export const faultsOf = (faults: Faults, name: string): VendorFaults =>
	faults[name as VendorName] ?? {};

/** Faults as they are when nothing is wrong. */
export function noFaults(): Faults {
	const names = [...Object.keys(VENDORS), ...Object.keys(SERVICES)];
	return {
		...(Object.fromEntries(names.map((name) => [name, {}])) as Record<VendorName, VendorFaults>),
		maxusRateLimit: 600,
		maxusSingleUse: false,
		serviceCombDeletedAccounts: [],
		serviceCombSecurity: 'on',
		serviceCombUnreadableKey: false,
		yesApiMisspelledErrCode: false,
	};
}

/** The next planned failure, which is used up by that, or `null`. */
export function takeFailure(faults: VendorFaults, kind: 'token' | 'business'): Failure | null {
	const planned = kind === 'token' ? faults.tokenFailures : faults.businessFailures;
	const failure = planned?.[0];
	if (!planned || !failure) return null;
	const left = (failure.times ?? 1) - 1;
	if (left > 0) planned[0] = { ...failure, times: left };
	else planned.shift();
	return failure;
}

/** How much later than usual a call of this kind is answered. */
export function delayOf(faults: VendorFaults, kind: 'token' | 'business'): number {
	return (kind === 'token' ? faults.tokenDelayMs : faults.businessDelayMs) ?? 0;
}

/** What a vendor answers where a failure is planned. */
export function failureAnswer(failure: Failure, vendor: Vendor, exchange: Exchange): Answer {
	const { redirectTo, refusal } = failure;
	const answer = refusal && vendor.refuse?.(refusal, exchange);
	if (answer) {
		const headers = { ...answer.headers, ...failure.headers };
		return { ...answer, headers, status: failure.status ?? answer.status };
	}
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
