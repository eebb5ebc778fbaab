import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Addresses that belong to no single client, or reach no further than one machine or one link. */
const NOT_GLOBAL = new BlockList();
for (const [subnet, prefix] of [
	['0.0.0.0', 32],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['224.0.0.0', 4],
	['255.255.255.255', 32],
] as const) {
	NOT_GLOBAL.addSubnet(subnet, prefix, 'ipv4');
}
for (const [subnet, prefix] of [
	['::', 128],
	['::1', 128],
	['fe80::', 10],
	['ff00::', 8],
] as const) {
	NOT_GLOBAL.addSubnet(subnet, prefix, 'ipv6');
}

function isGlobal(address: string): boolean {
	const version = isIP(address);
	return version !== 0 && !NOT_GLOBAL.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/** The address a login is counted for: what a proxy says, or the client's own. */
export function clientAddress(headers: IncomingHttpHeaders, own: string): string {
	const claimed = [headers['x-forwarded-for'], headers['x-real-ip']]
		.flatMap((header) => String(header ?? '').split(','))
		.map((address) => address.trim());
	return claimed.find(isGlobal) ?? own;
}
