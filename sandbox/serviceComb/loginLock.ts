const LOCK_MS = 15 * 60_000;
const ALLOWED_FAILURES = 2;

interface Failures {
	/** How many more are allowed; one comes back every 15 minutes. */
	allowance: number;
	at: number;
	lockedUntil: number;
}

/** Locks a name at an address for 15 minutes on its third wrong login within a short while. */
export class LoginLock {
	private readonly byKey = new Map<string, Failures>();

	constructor(private readonly now: () => number) {}

	isLocked(key: string): boolean {
		return this.now() < (this.byKey.get(key)?.lockedUntil ?? 0);
	}

	noteFailure(key: string): void {
		const now = this.now();
		const before = this.byKey.get(key) ?? { allowance: ALLOWED_FAILURES, at: now, lockedUntil: 0 };
		const regained = (now - before.at) / LOCK_MS;
		const allowance = Math.min(ALLOWED_FAILURES, before.allowance + regained);
		if (allowance >= 1) {
			this.byKey.set(key, { allowance: allowance - 1, at: now, lockedUntil: 0 });
		} else {
			this.byKey.set(key, { allowance, at: now, lockedUntil: now + LOCK_MS });
		}
	}

	clear(): void {
		this.byKey.clear();
	}
}
