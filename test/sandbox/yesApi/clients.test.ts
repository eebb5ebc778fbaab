import { request } from 'node:http';
import { useSandbox } from '../setup';
import { requests } from './clients.json';

type ClientRequest = (typeof requests)[number];

/** Sends exactly these bytes: no URL is put in order on the way. */
function send(baseUrl: string, { method, target, headers, body }: ClientRequest) {
	const { hostname, port, pathname } = new URL(baseUrl);
	const options = { hostname, port, method, path: pathname + target, headers: { ...headers } };
	return new Promise<{ ret: number; data: Record<string, unknown>; msg: string }>(
		(resolve, reject) => {
			const sent = request(options, (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
			});
			sent.on('error', reject);
			sent.end(body ?? undefined);
		},
	);
}

describe("what the vendor's own clients send", () => {
	const running = useSandbox();
	const base = () => running.sandbox.credentials.yesApi.baseUrl;

	it.each(requests.map((one): [string, string, ClientRequest] => [one.client, one.note, one]))(
		'%s: %s',
		async (_client, _note, one) => {
			const { ret, data, msg } = await send(base(), one);
			expect([ret, msg]).toEqual([200, expect.stringContaining('小白开放接口：App.')]);
			expect(data).toMatchObject({ err_code: 0, ...one.gives });
			expect(running.sandbox.requests[0]).toMatchObject({ kind: 'business', token: null });
			expect(running.sandbox.requests[0]?.url).toBe(base() + one.target);
		},
	);

	it('is refused with another sign, whichever client', async () => {
		for (const one of requests) {
			const change = (text: string) =>
				text.replace(/(sign(?:=|":"|"\r\n(?:Content-Length: 32\r\n)?\r\n))./, '$1_');
			const changed = { ...one, target: change(one.target), body: one.body && change(one.body) };
			expect(changed).not.toEqual(one);
			expect((await send(base(), changed as ClientRequest)).ret).toBe(409);
		}
	});
});
