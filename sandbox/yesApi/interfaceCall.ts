import { createHash } from 'node:crypto';
import type { UploadedFile } from '../multipart';
import { jsonText } from '../respond';
import type { Answer, Exchange } from '../types';
import { phpJson } from './php';
import { readPhpRequest } from './phpRequest';

const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex');

/** One call of a YesApi interface: which one, and with what. */
export interface InterfaceCall {
	/** E.g. `App.Common_Jwt.ApplyToken`. */
	name: string;
	parameters: Map<string, string>;
	files: UploadedFile[];
}

/**
 * Reads an interface call in the old path style (`/?s=…`, in old clients `service=…`) or the new
 * (`/api/…`); else `null`.
 */
export function readInterfaceCall(exchange: Exchange): InterfaceCall | null {
	const path = exchange.path.replace(/\/{2,}/g, '/');
	if (path !== '/' && !path.startsWith('/api/')) return null;
	const { parameters, files } = readPhpRequest(exchange);
	const inPath = path.slice('/api/'.length).replace(/\/$/, '').split('/').join('.');
	const service = parameters.get('service') ?? parameters.get('s') ?? inPath;
	return { name: fullName(service), parameters, files };
}

/** `Hello.World` means `App.Hello.World`. */
function fullName(service: string): string {
	const parts = service.split('.').length;
	if (parts === 1) return `App.${service}.Index`;
	return parts === 2 ? `App.${service}` : service;
}

/** The `sign` a call must carry: over all its parameters but `sign`, ordered by byte. */
export function yesApiSign(parameters: Map<string, string>, appSecret: string): string {
	const values = [...parameters]
		.filter(([key]) => key !== 'sign')
		.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
		.map(([, value]) => value);
	return md5(values.join('') + appSecret).toUpperCase();
}

/** The `_auth` of an answer: over its `data` exactly as sent. */
export function yesApiAuth(data: string, time: number, appSecret: string): string {
	return md5(data + time + appSecret);
}

/** What an interface says: `ret`, with `data` or a message. */
export interface Outcome {
	ret: number;
	data?: Record<string, unknown>;
	msg: string;
}

/** Writes an outcome the way PHP does, with `_t` and `_auth` if the app is known. */
export function yesApiAnswer(
	outcome: Outcome,
	appSecret: string | null,
	time: number,
	dataOnly: boolean,
): Answer {
	const data = phpJson(outcome.data ?? {});
	if (dataOnly) return jsonText(200, data);
	const auth =
		appSecret === null ? '' : `,"_t":${time},"_auth":"${yesApiAuth(data, time, appSecret)}"`;
	const msg = phpJson(outcome.msg);
	return jsonText(200, `{"ret":${outcome.ret},"data":${data},"msg":${msg}${auth}}`);
}
