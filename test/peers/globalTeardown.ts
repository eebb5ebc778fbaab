export default async function globalTeardown(): Promise<void> {
	await Promise.all((globalThis.peers ?? []).map((peer) => peer.stop()));
}
