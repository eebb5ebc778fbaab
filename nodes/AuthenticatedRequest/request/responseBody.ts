import {
	CanceledError,
	explainNetworkFault,
	explainTimeout,
	isNetworkFault,
	VendorError,
} from '../../../providers';
import type { Readable } from './requestSpec';
import type { TimeLimit } from './timeLimit';

/** Bytes. No text can be longer in Node.js. */
const LONGEST_TEXT = 2 ** 29 - 24;

/** Where a body comes from, for the messages when it does not come whole. */
interface Origin {
	url: string;
	proxy: unknown;
	/** Of the response. */
	status: string;
}

/**
 * The body of a response, which is taken in once and within the time of its call. What was read is kept, so
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
		private readonly limit: TimeLimit,
		private readonly origin: Origin,
	) {
		// A stream whose 'error' event nobody listens to ends the process, and axios may raise one at any moment.
		stream.on('error', () => {});
		limit.signal.addEventListener('abort', () => this.destroy());
	}

	/** The whole body. @throws {NetworkError} when it does not come whole, or not in time */
	async all(): Promise<Buffer> {
		await this.read(LONGEST_TEXT);
		if (this.isWhole) return this.bytes();
		this.discard();
		throw new VendorError('The answer is too large for one item', {
			description:
				'More than 512 MB cannot be held as text. Set "Response Format" to "File", or ask for less at once.',
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
		if (!this.isGone) this.limit.start(ms);
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

	/** Frees the connection of a response that nobody will read. */
	discard(): void {
		this.limit.end();
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
		if (this.limit.signal.aborted) throw this.explain(null);
		if (this.isGone || this.length > max) return;
		try {
			for await (const chunk of this.stream.iterator({ destroyOnReturn: false })) {
				this.chunks.push(chunk as Buffer);
				this.length += (chunk as Buffer).length;
				if (this.length > max) return;
			}
			if (this.limit.signal.aborted) throw new Error('The answer was given up');
			this.isWhole = true;
			this.isGone = true;
			this.limit.end();
		} catch (error) {
			this.discard();
			this.fault = this.explain(error);
			throw this.fault;
		}
	}

	private explain(error: unknown): unknown {
		const { url, proxy, status } = this.origin;
		const { isOver, ms, signal } = this.limit;
		if (signal.aborted && !isOver) return new CanceledError();
		if (!isOver && !isNetworkFault(error)) return error;
		const known = isOver
			? explainTimeout(url, ms, { isResponding: true })
			: explainNetworkFault(error, url, { proxy, isResponding: true });
		if (!status.startsWith('HTTP 2'))
			known.description = `It began with ${status}. ${known.description}`;
		return known;
	}
}
