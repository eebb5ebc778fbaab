import { Readable } from 'node:stream';

import { MultipartBody } from '../../../providers/http/requestBody';
import { MultipartFields, type UploadFile } from '../../../providers/http/requestSpec';

function file(content: string, more: Partial<UploadFile> = {}): UploadFile {
	return {
		fileName: 'a.txt',
		contentType: 'text/plain',
		size: Buffer.byteLength(content),
		open: async () => Buffer.from(content),
		[Symbol.toStringTag]: 'File',
		...more,
	};
}

async function read(body: MultipartBody): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
}

it('is what RFC 7578 says', async () => {
	const body = new MultipartBody(
		new MultipartFields([
			['名', '小白'],
			['f', file('content')],
		]),
	);
	const boundary = body.type.replace('multipart/form-data; boundary=', '');
	expect(boundary).toMatch(/^-{26}[0-9a-f]{24}$/);
	expect(await read(body)).toBe(
		[
			`--${boundary}`,
			'Content-Disposition: form-data; name="名"',
			'',
			'小白',
			`--${boundary}`,
			'Content-Disposition: form-data; name="f"; filename="a.txt"',
			'Content-Type: text/plain',
			'',
			'content',
			`--${boundary}--`,
			'',
		].join('\r\n'),
	);
});

it.each<[string, Array<[string, string | UploadFile]>]>([
	['nothing', []],
	['text', [['a', '小白']]],
	[
		'files',
		[
			['a', file('小白')],
			['b', file('')],
		],
	],
])('knows its size beforehand: %s', async (_what, entries) => {
	const body = new MultipartBody(new MultipartFields(entries));
	expect(Buffer.byteLength(await read(body))).toBe(body.size);
});

it('streams a file', async () => {
	const open = async () => Readable.from([Buffer.from('con'), Buffer.from('tent')]);
	const body = new MultipartBody(new MultipartFields([['f', file('content', { open })]]));
	expect(await read(body)).toContain('\r\n\r\ncontent\r\n');
});

it('opens a file only when it is read', async () => {
	const open = jest.fn(async () => Buffer.from('x'));
	const body = new MultipartBody(new MultipartFields([['f', file('x', { open })]]));
	expect(open).not.toHaveBeenCalled();
	await read(body);
	expect(open).toHaveBeenCalledTimes(1);
});

it('names cannot break out of their header', async () => {
	const body = new MultipartBody(
		new MultipartFields([
			['a"\r\nX-Evil: 1', 'v'],
			['f', file('x', { fileName: 'a"\r\nX-Evil: 2.txt' })],
		]),
	);
	const text = await read(body);
	expect(text).not.toMatch(/^X-Evil/m);
	expect(text).toContain('name="a%22%0D%0AX-Evil: 1"');
	expect(text).toContain('filename="a%22%0D%0AX-Evil: 2.txt"');
});

it('a content type cannot break out of its header', async () => {
	const evil = file('x', { contentType: 'text/plain\r\nX-Evil: 1' });
	const body = new MultipartBody(new MultipartFields([['f', evil]]));
	expect(await read(body)).not.toMatch(/^X-Evil/m);
	expect(Buffer.byteLength(await read(body))).toBe(body.size);
});

it('each body has a boundary of its own', () => {
	const fields = new MultipartFields([['a', '1']]);
	expect(new MultipartBody(fields).type).not.toBe(new MultipartBody(fields).type);
});
