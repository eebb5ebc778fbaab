/** One app of a developer, and what is set for it. */
export interface YesApiApp {
	appKey: string;
	appSecret: string;
	/** `static`: every call carries the same `sign`. `none`: no call needs one. */
	signatureMode: 'dynamic' | 'static' | 'none';
	staticSignSecret?: string;
}

export const YES_API_APPS = {
	signed: {
		appKey: 'FAKEAPPKEYFAKEAPPKEYFAKEAPPKEY01',
		appSecret: 'fake-yesapi-secret-for-tests',
		signatureMode: 'dynamic',
	},
	unsigned: {
		appKey: 'FAKEAPPKEYFAKEAPPKEYFAKEAPPKEY02',
		appSecret: 'fake-yesapi-secret-2-for-tests',
		signatureMode: 'none',
	},
	static: {
		appKey: 'FAKEAPPKEYFAKEAPPKEYFAKEAPPKEY03',
		appSecret: 'fake-yesapi-secret-3-for-tests',
		signatureMode: 'static',
		staticSignSecret: 'fa4e5ec2'.repeat(4),
	},
} as const satisfies Record<string, YesApiApp>;

/** The app with this key. */
export function appOf(appKey: string | undefined): YesApiApp | undefined {
	return Object.values<YesApiApp>(YES_API_APPS).find((app) => app.appKey === appKey);
}

/** The member of the vendor's own example, logged in. */
export const YES_API_SESSION = {
	uuid: '8AEA2AF1951C0376EC668A74B8CAA64A',
	sessionToken: '56C12A5458793E90E183C64D50D318E450EF7E2F9D413E35645D99662867D41B',
};

/** How that member logs in. */
export const YES_API_MEMBER = { username: 'sandbox', password: 'fake-member-password' };
