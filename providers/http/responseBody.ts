import { CanceledError, VendorError } from '../kit/errors';
import type { Deadline } from './deadline';
import { explainNetworkFault, explainTimeout, isNetworkFault } from './networkFault';
import type { Readable } from './requestSpec';

/** Bytes, decompressed: a few of them on the wire may stand for as many as memory has. */
const LONGEST_TEXT = 128 * 1024 * 1024;

/** Where a body comes from, for the messages when it does not come whole. */
interface Origin {
	url: string;
	/** How it was reached. */
	route: () => Parameters<typeof explainNetworkFault>[2];
	/** Of the response. */
	status: string;
}

/**
 * The body of a response, which is consumed once and before the deadline of its request. What was read is kept, so
 * that it can be looked at first and be used after that.
 */
export class ResponseBody {
	private chunks: Buffer[] = [];

	private length = 0;

	private isWhole = false;

	/** Nothing more can be read. */
	private isGone = false;

	/** Why it did not come whole. */
	private fault: unknown = null;

	constructor(
		private readonly stream: Readable,
		private readonly deadline: Deadline,
		private readonly origin: Origin,
	) {
		// An 'error' event without a listener ends the process, and axios can raise one at any moment.
		stream.on('error', () => {});
		deadline.signal.addEventListener('abort', () => this.destroy());
	}

	/** The whole body. @throws {NetworkError} when it does not come whole, or not in time */
	async all(): Promise<Buffer> {
		await this.read(LONGEST_TEXT);
		if (this.isWhole) return this.bytes();
		this.discard();
		throw new VendorError('The response is too large for one item', {
			description:
				'More than 128 MB of text, uncompressed, are not held in memory. Set "Response Format" to "File", or ask for less at once.',
		});
	}

	/** The whole body, unless it has more than so many bytes: then `null`, and it is still to be had. */
	async ifSmall(max: number): Promise<Buffer | null> {
		await this.read(max);
		return this.isWhole ? this.bytes() : null;
	}

	/** The beginning: so many bytes, or all there are. */
	async start(min: number): Promise<Buffer> {
		await this.read(min);
		return this.bytes();
	}

	/** The beginning, as {@link start}; the rest is let go. */
	async onlyStart(min: number): Promise<Buffer> {
		const start = await this.start(min);
		this.discard();
		return start;
	}

	/** Gives the call more time, where its end was not set by the user. */
	allow(ms: number): void {
		if (!this.isGone) this.deadline.start(ms);
	}

	/** Hands the body on as it is, and waits until it has been taken. */
	async pass<T>(take: (body: Buffer | Readable) => Promise<T>): Promise<T> {
		try {
			if (this.isWhole) return await take(this.bytes());
			if (this.length > 0) this.stream.unshift(this.bytes());
			this.chunks = [];
			return await take(this.stream);
		} catch (error) {
			throw this.explain(error);
		} finally {
			this.discard();
		}
	}

	/** Frees the connection of a response that will not be read. */
	discard(): void {
		this.deadline.end();
		this.destroy();
	}

	/** axios wraps the connection in a stream that passes its end on only once reading has begun. */
	private destroy(): void {
		if (this.isGone) return;
		this.isGone = true;
		this.stream.read(0);
		this.stream.destroy();
	}

	private bytes(): Buffer {
		const all = this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks);
		this.chunks = [all];
		return all;
	}

	/** Reads on until there are more than `max` bytes, or the end has come. */
	private async read(max: number): Promise<void> {
		if (this.isWhole) return;
		if (this.fault !== null) throw this.fault;
		if (this.deadline.signal.aborted) throw this.explain(null);
		if (this.isGone || this.length > max) return;
		try {
			for await (const chunk of this.stream.iterator({ destroyOnReturn: false })) {
				this.chunks.push(chunk as Buffer);
				this.length += (chunk as Buffer).length;
				if (this.length > max) return;
			}
			if (this.deadline.signal.aborted) throw new Error('The response was given up');
			this.isWhole = true;
			this.isGone = true;
			this.deadline.end();
		} catch (error) {
			this.discard();
			this.fault = this.explain(error);
			throw this.fault;
		}
	}

	private explain(error: unknown): unknown {
		const { url, route, status } = this.origin;
		const { isOver, ms, signal } = this.deadline;
		if (signal.aborted && !isOver) return new CanceledError();
		if (!isOver && !isNetworkFault(error)) return error;
		const known = isOver
			? explainTimeout(url, ms, { isResponding: true })
			: explainNetworkFault(error, url, { ...route(), isResponding: true });
		if (!status.startsWith('HTTP 2'))
			known.description = `It began with ${status}. ${known.description}`;
		return known;
	}
}
