import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A span, as far as the tests look at it. */
export interface Span {
	traceId: string;
	spanId: string;
	name: string;
	attributes: Record<string, string | number | boolean>;
}

/** A receiver of OpenTelemetry's protocol over HTTP, on loopback. */
export interface Collector {
	/** For `N8N_OTEL_EXPORTER_OTLP_ENDPOINT`. */
	url: string;
	spans: Span[];
	/** All that was received, byte for byte: texts stand in it as they are. */
	received(): string;
	close(): Promise<void>;
}

/** Starts a receiver that keeps all it is sent. */
export async function startCollector(): Promise<Collector> {
	const bodies: Buffer[] = [];
	const spans: Span[] = [];
	const server = createServer((request, response) => {
		void buffer(request).then((body) => {
			bodies.push(body);
			if (request.url === '/v1/traces') spans.push(...readSpans(body));
			response.setHeader('Content-Type', 'application/x-protobuf').end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		spans,
		received: () => Buffer.concat(bodies).toString('latin1'),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** The fields of a message of Protocol Buffers, by their numbers: bytes, or a number. */
type Fields = Map<number, Array<Buffer | bigint>>;

function readFields(bytes: Buffer): Fields {
	const fields: Fields = new Map();
	let at = 0;
	const varint = () => {
		let value = 0n;
		for (let shift = 0n; ; shift += 7n) {
			const byte = bytes[at++] ?? 0;
			value |= BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return value;
		}
	};
	const take = (length: number) => bytes.subarray(at, (at += length));
	while (at < bytes.length) {
		const key = Number(varint());
		const kinds: Record<number, () => Buffer | bigint> = {
			0: varint,
			1: () => take(8),
			2: () => take(Number(varint())),
			5: () => take(4),
		};
		const value = kinds[key & 7]?.();
		if (value === undefined) throw new Error(`No such kind of field: ${key & 7}`);
		fields.set(key >> 3, [...(fields.get(key >> 3) ?? []), value]);
	}
	return fields;
}

const inner = (fields: Fields, number: number) =>
	(fields.get(number) ?? []).map((value) => readFields(value as Buffer));

const bytesOf = (fields: Fields, number: number) =>
	(fields.get(number)?.[0] as Buffer | undefined) ?? Buffer.alloc(0);

/** The numbers are those of `opentelemetry/proto/trace/v1/trace.proto`. */
function readSpans(body: Buffer): Span[] {
	return inner(readFields(body), 1)
		.flatMap((resource) => inner(resource, 2))
		.flatMap((scope) => inner(scope, 2))
		.map((span) => ({
			traceId: bytesOf(span, 1).toString('hex'),
			spanId: bytesOf(span, 2).toString('hex'),
			name: bytesOf(span, 5).toString(),
			attributes: Object.fromEntries(
				inner(span, 9).map((attribute) => [
					bytesOf(attribute, 1).toString(),
					readValue(readFields(bytesOf(attribute, 2))),
				]),
			),
		}));
}

/** The numbers are those of `AnyValue` in `opentelemetry/proto/common/v1/common.proto`. */
function readValue(value: Fields): string | number | boolean {
	const number = value.get(3)?.[0];
	if (typeof number === 'bigint') return Number(number);
	const flag = value.get(2)?.[0];
	if (typeof flag === 'bigint') return flag === 1n;
	const double = value.get(4)?.[0];
	if (double instanceof Buffer) return double.readDoubleLE();
	return bytesOf(value, 1).toString();
}
