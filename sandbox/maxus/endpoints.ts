import { hasMediaType, parseJson } from '../body';
import { readMultipart } from '../multipart';
import { json } from '../respond';
import type { Answer, Exchange } from '../types';

/** What the vendor says to anything it did not expect, under HTTP 200. */
export const UNKNOWN_EXCEPTION = 'Unknown Exception';

const VINS = ['FAKEVIN0000000001', 'FAKEVIN0000000002', 'FAKEVIN0000000013'];

const succeeded = (data: unknown) => json(200, { status: 1, errMsg: 'success', data });

const unexpected = () => json(200, { status: 0, errMsg: UNKNOWN_EXCEPTION });

type Endpoint = (exchange: Exchange) => Answer;

function received({ headers, content, record }: Exchange): Answer {
	if (record.bodyBytes === 0) return succeeded(null);
	const body = hasMediaType(headers, 'application/json') ? parseJson(content) : undefined;
	return body === undefined ? unexpected() : succeeded(body);
}

function upload({ headers, content }: Exchange): Answer {
	const form = readMultipart(headers, content);
	if (!form || form.files.length === 0) return unexpected();
	const files = form.files.map(({ fileName, content: bytes }) => ({
		fileName,
		bytes: bytes.length,
	}));
	return succeeded(files);
}

function detail({ query }: Exchange): Answer {
	const id = query.get('id');
	return id ? succeeded({ id, firNo: `FIR-${id}`, state: 'submitted' }) : unexpected();
}

function queryVin({ query }: Exchange): Answer {
	const vin = query.get('vin') ?? '';
	return succeeded(VINS.filter((one) => one.includes(vin)));
}

function dictionary({ query }: Exchange): Answer {
	const typeCode = query.get('typeCode');
	if (!typeCode) return unexpected();
	return succeeded(entriesOf(typeCode));
}

const DICTIONARIES = ['1033', '1034'];

const entriesOf = (typeCode: string) => [
	{ typeCode, code: '1', name: `${typeCode} one` },
	{ typeCode, code: '2', name: `${typeCode} two` },
];

const dictionaries = () =>
	succeeded(DICTIONARIES.map((typeCode) => ({ typeCode, dictionaryList: entriesOf(typeCode) })));

const options = () => succeeded([{ id: 1, code: '10121026', value: 'AC failure' }]);

const ENDPOINTS: Record<string, Endpoint> = {
	'POST /fir/update': received,
	'POST /fir/new/submit': received,
	'POST /claim/new/update': received,
	'POST /fir/file/upload': upload,
	'GET /fir/detail/query': detail,
	'GET /vehicle/fuzzy/queryVin': queryVin,
	'GET /fir/dictionaryInfo/queryByTypeCode': dictionary,
	'GET /fir/dictionary/all/query': dictionaries,
	'GET /fir/option/all/query': options,
};

/** Answers the business calls Maxus is known to have; `null` for any other. */
export function answerEndpoint(exchange: Exchange): Answer | null {
	const path = exchange.path.replace(/^\/test(?=\/)/, '');
	return ENDPOINTS[`${exchange.record.method} ${path}`]?.(exchange) ?? null;
}
