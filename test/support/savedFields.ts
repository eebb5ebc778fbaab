import type { ICredentialType } from 'n8n-workflow';

/** What saved credentials rely on, for each field: name, kind, default, and whether it is masked. */
export function savedFields({ properties }: ICredentialType) {
	return properties.map(({ name, type, default: value, typeOptions }) => [
		name,
		type,
		value,
		typeOptions?.password === true,
	]);
}
