import { agentAuth } from './agentAuth';
import { maxus } from './maxus';
import { serviceComb } from './serviceComb';
import { tokenApi } from './tokenApi';
import type { SandboxVendor } from './types';
import { yesApi } from './yesApi';

/** Every vendor the sandbox plays; the only list of them. */
export const VENDORS = {
	maxus,
	agentAuth,
	serviceComb,
	yesApi,
	tokenApi,
} satisfies Record<string, SandboxVendor>;

/** The vendor that a credential type is for. */
export function vendorOf(credentialType: string): SandboxVendor {
	const found = Object.values<SandboxVendor>(VENDORS).find(
		(vendor) => vendor.credentialType === credentialType,
	);
	if (!found) throw new Error(`The sandbox plays no vendor for ${credentialType}`);
	return found;
}
