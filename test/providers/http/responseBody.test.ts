import { Readable } from 'node:stream';
import { createGzip, createGunzip } from 'node:zlib';

import { Deadline } from '../../../providers/http/deadline';
import { ResponseBody } from '../../../providers/http/responseBody';

const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

/** As many megabytes as a few kilobytes of gzip come to. */
function bomb(megabytes: number): Readable {
	const zipped = Readable.from(
		(function* () {
			for (let sent = 0; sent < megabytes; sent += 1) yield MEGABYTE;
		})(),
	).pipe(createGzip());
	return zipped.pipe(createGunzip());
}

const bodyOf = (stream: Readable) =>
	new ResponseBody(stream as never, Deadline.following(new AbortController().signal), {
		url: 'https://service.example/items',
		route: () => ({}),
		status: 'HTTP 200 OK',
	});

it('holds no more than 128 MB of text, however few bytes it came as', async () => {
	const stream = bomb(400);
	await expect(bodyOf(stream).all()).rejects.toMatchObject({
		message: 'The response is too large for one item',
		description:
			'More than 128 MB of text, uncompressed, are not held in memory. Set "Response Format" to "File", or ask for less at once.',
	});
	expect(stream.destroyed).toBe(true);
});

it('holds 20 MB', async () => {
	expect((await bodyOf(bomb(20)).all()).length).toBe(20 * 1024 * 1024);
});
