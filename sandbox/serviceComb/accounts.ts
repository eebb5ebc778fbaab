/** An account of ServiceComb. */
export interface ServiceCombAccount {
	password: string;
	/** `admin`, `developer` or `reader`; any other may do nothing. */
	roles: string[];
}

/** The accounts of ServiceComb by name. */
export interface ServiceCombAccounts {
	root: ServiceCombAccount;
	reader: ServiceCombAccount;
	[name: string]: ServiceCombAccount;
}

export const SERVICE_COMB_ACCOUNTS = {
	admin: { name: 'root', password: 'fake-servicecomb-password-for-tests' },
	reader: { name: 'reader', password: 'fake-servicecomb-password-2-for-tests' },
};

/** The accounts there are at first. */
export function firstAccounts(): ServiceCombAccounts {
	const { admin, reader } = SERVICE_COMB_ACCOUNTS;
	return {
		root: { password: admin.password, roles: ['admin'] },
		reader: { password: reader.password, roles: ['reader'] },
	};
}
