import { agentAuth, processEngine } from '../providers';
import { markdownTable, milliseconds } from './markdown';
import type { Options } from './options';
import { processorTime } from './processorTime';
import type { Stage } from './stage';
import { median } from './statistics';

const SIZES = [
	{ name: '1 kB', bytes: 1_000, calls: 2_000 },
	{ name: '100 kB', bytes: 100_000, calls: 200 },
	{ name: '1 MB', bytes: 1_000_000, calls: 50 },
];

/** What Agent Auth's encryption and signature of one call cost the processor. */
export function measureSigning({ sandbox }: Stage, { isShort }: Options): string {
	const credentials = agentAuth.readCredentials(sandbox.credentials.agentAuthApi);
	const rows = SIZES.map(({ name, bytes, calls }) => {
		const request = {
			method: 'POST',
			url: `${credentials.baseUrl}/echo`,
			body: { text: 'x'.repeat(bytes) },
		};
		const authorize = () =>
			agentAuth.authorize({
				credentials,
				token: { token: 'fake-token' },
				request,
				env: processEngine.runtime,
			});
		const times = Array.from({ length: isShort ? 1 : 5 }, () => processorTime(authorize, calls));
		return [name, milliseconds(median(times))];
	});
	return markdownTable(['Agent Auth: to encrypt and sign a body of', 'a call'], rows);
}
