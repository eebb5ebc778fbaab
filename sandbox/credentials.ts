import type { SandboxVendor } from './types';
import { VENDORS } from './vendors';

type Listed = (typeof VENDORS)[keyof typeof VENDORS];
type Intersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void
	? I
	: never;

/** Credential data by name; those of a credential type's own name are what most tests take. */
export type SandboxCredentials = Intersection<ReturnType<Listed['credentials']>>;

/** Credential data the vendors below `url` accept, with the properties of our credential types. */
export function credentialsBelow(url: string): SandboxCredentials {
	const all = Object.values<SandboxVendor>(VENDORS).map(({ credentials }) => credentials(url));
	return Object.assign({}, ...all) as SandboxCredentials;
}
