import { NetworkError, VendorError } from '../kit/errors';
import type { Ending } from './adaptiveConcurrency';

/** A fault of the service says nothing about how many calls it takes. */
const FAULT = 500;

/** What a busy response says about how many calls a service takes at once. */
export function endingOfBusy(status: number | null): Ending {
	return status === FAULT ? 'unknown' : 'busy';
}

/** The same of an error: no answer in time, a refused or broken connection, or a service that says it is busy. */
export function endingOfError(error: unknown): Ending {
	if (error instanceof NetworkError) return error.isTransient ? 'busy' : 'unknown';
	if (error instanceof VendorError && error.isTransient) return endingOfBusy(error.httpStatus);
	return 'unknown';
}
