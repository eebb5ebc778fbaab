const LIMIT = 50_000;

/** The tokens a vendor has issued, and until when each is good. */
export class IssuedTokens {
	private readonly expiresAt = new Map<string, number>();

	add(token: string, expiresAt: number): void {
		this.expiresAt.set(token, expiresAt);
		if (this.expiresAt.size > LIMIT) {
			for (const oldest of this.expiresAt.keys()) {
				this.expiresAt.delete(oldest);
				break;
			}
		}
	}

	stateOf(token: string, now: number): 'good' | 'expired' | 'unknown' {
		const expiresAt = this.expiresAt.get(token);
		if (expiresAt === undefined) return 'unknown';
		return now < expiresAt ? 'good' : 'expired';
	}

	expireAll(): void {
		for (const token of this.expiresAt.keys()) this.expiresAt.set(token, 0);
	}

	clear(): void {
		this.expiresAt.clear();
	}
}
