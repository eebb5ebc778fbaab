export type Secrets = Record<string, string>;

const LOCKS_AFTER = 5;
const LOCK_MS = 15 * 60_000;

/** The one account a service has: what it logs in with, and how often that went wrong. */
export class Account {
	/** As they are now. Keys among them are made when they are first read. */
	secrets: Secrets;
	private failures = new Map<string, { count: number; lockedUntil: number }>();

	constructor(
		private readonly initial: Secrets,
		private readonly now: () => number,
	) {
		this.secrets = initial;
	}

	change(secrets: Partial<Secrets>): void {
		this.secrets = Object.defineProperties({} as Secrets, {
			...Object.getOwnPropertyDescriptors(this.secrets),
			...Object.getOwnPropertyDescriptors(secrets),
		});
	}

	/** Whether a login that gives these secrets is let in. Five wrong ones lock the name for 15 minutes. */
	admit(name: string, isRight: boolean): 'good' | 'wrong' | 'locked' {
		if (this.isLocked(name)) return 'locked';
		if (isRight) {
			this.failures.delete(name);
			return 'good';
		}
		const count = this.wrongLogins(name) + 1;
		const lockedUntil = count >= LOCKS_AFTER ? this.now() + LOCK_MS : 0;
		this.failures.set(name, { count, lockedUntil });
		return 'wrong';
	}

	/** Wrong logins with this name since the last good one. */
	wrongLogins(name: string): number {
		return this.failures.get(name)?.count ?? 0;
	}

	isLocked(name: string): boolean {
		return this.now() < (this.failures.get(name)?.lockedUntil ?? 0);
	}

	/** All wrong logins, and whether any name is locked. */
	tally(): { wrongLogins: number; isLocked: boolean } {
		const names = [...this.failures.keys()];
		return {
			wrongLogins: names.reduce((sum, name) => sum + this.wrongLogins(name), 0),
			isLocked: names.some((name) => this.isLocked(name)),
		};
	}

	reset(): void {
		this.secrets = this.initial;
		this.failures.clear();
	}
}
