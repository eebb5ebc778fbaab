import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	InputError,
	providerOf,
	providers,
	scrubError,
	type Credentials,
	type Engine,
	type Provider,
	type TokenUse,
} from '../../providers';
import { cancelSignal } from '../shared/cancelSignal';
import { credentialReader, type CredentialReader } from '../shared/readCredentials';
import { runItems } from '../shared/runItems';
import type { RequestContext } from './request/requestContext';
import { IDEMPOTENT_METHODS } from './request/sendAuthorized';
import { assertSuccess } from './response/assertSuccess';
import { sendWithToken } from './request/sendWithToken';
import { certificateReader } from './parameters/certificates';
import { readChoice } from '../shared/choices';
import { readExpiryCheck } from './response/expiry';
import { readPagination, type Pagination } from './parameters/readPagination';
import { requestPages } from './request/pagination';
import { readRequestOptions, readRunOptions } from './parameters/readOptions';
import { readRequest } from './parameters/readRequest';
import { readResponse } from './response/readResponse';
import { readTrim } from './response/trimForModel';
import type { RequestSpec } from './request/requestSpec';

/** The whole node: one call, or one call a page, for each input item. */
export async function runRequests(
	engine: Engine,
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const { elapsed, pause } = engine.runtime;
	let runOptions: ReturnType<typeof readRunOptions>;
	try {
		runOptions = readRunOptions(context);
	} catch (error) {
		const refuse = async () => await Promise.reject(error as Error);
		return [await runItems(context, 1, refuse)];
	}
	const { concurrency, credentialPerItem, delayOf } = runOptions;
	const signal = cancelSignal(context);
	const startedAt = elapsed();
	const counts = { retries: 0, waits: 0 };
	const methods = new Set<string>();
	let credentialsOf: CredentialReader<Credentials> | undefined;
	const certificatesOf = certificateReader(context);

	const items = await runItems(context, concurrency, async (itemIndex) => {
		await pause(startedAt + delayOf(itemIndex) - elapsed(), signal);
		const vendor = readProvider(context);
		credentialsOf ??= credentialReader(
			context,
			vendor.type,
			(data) => vendor.readCredentials(data),
			credentialPerItem,
		);
		const credentials = await credentialsOf(itemIndex);
		const certificates = await certificatesOf(itemIndex);
		const options = readRequestOptions(context, itemIndex, vendor, credentials, certificates);
		const provider = (options.signed && vendor.signing?.(options.signed)) ?? vendor;
		const request: RequestContext = {
			engine,
			context,
			provider,
			credentials,
			tokenUse: readTokenUse(context, itemIndex, provider),
			options,
			signal,
			secrets: new Set(provider.secretsOf(credentials)),
			isExpired: readExpiryCheck(context, itemIndex),
			onRetry: () => (counts.retries += 1),
			onWait: () => (counts.waits += 1),
		};
		const spec = await readRequest(context, itemIndex, credentials.baseUrl, options);
		methods.add(spec.method);
		return await requestAndRead(
			request,
			itemIndex,
			spec,
			readPagination(context, itemIndex, options),
		);
	});
	addHints(context, items, counts, methods);
	return [items];
}

function readProvider(context: IExecuteFunctions): Provider {
	const type = context.getNodeParameter('provider', 0) as string;
	const provider = providerOf(type);
	if (provider === undefined) {
		throw new InputError(`The provider "${type}" is not known`, {
			description: `Choose one of ${Object.keys(providers).join(', ')}.`,
		});
	}
	return provider;
}

function readTokenUse(context: IExecuteFunctions, itemIndex: number, provider: Provider): TokenUse {
	const wanted = readChoice(
		context.getNodeParameter('tokenUse', itemIndex, 'fresh'),
		'Token Use',
		['fresh', 'reuse'],
		provider.prefersReuse === true ? 'reuse' : 'fresh',
	);
	return provider.reusesTokens ? wanted : 'fresh';
}

async function requestAndRead(
	request: RequestContext,
	itemIndex: number,
	spec: RequestSpec,
	pagination: Pagination | null,
): Promise<INodeExecutionData[]> {
	const { context, options } = request;
	const trim = readTrim(context, itemIndex);
	try {
		if (pagination !== null) {
			const requestPage = async (page: RequestSpec) => {
				const response = await sendWithToken(request, page);
				if (!pagination.lastStatuses.includes(response.statusCode)) {
					await assertSuccess(request, response);
				}
				return response;
			};
			const pages = await requestPages(request, itemIndex, spec, pagination, requestPage);
			const read = pages.map(
				async (page) => await readResponse(context, itemIndex, page, options, trim),
			);
			return (await Promise.all(read)).flat();
		}
		const response = await sendWithToken(request, spec);
		await assertSuccess(request, response);
		return await readResponse(context, itemIndex, response, options, trim);
	} catch (error) {
		throw scrubError(error, [...request.secrets]);
	}
}

function addHints(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	{ retries, waits }: { retries: number; waits: number },
	methods: Set<string>,
): void {
	const messages: string[] = [];
	if (retries > 0) {
		messages.push(`${retries} request${retries === 1 ? ' was' : 's were'} sent again.`);
	}
	if (waits > 0) {
		messages.push(
			`${waits} call${waits === 1 ? '' : 's'} waited to keep to the requests per minute.`,
		);
	}
	const repeated = [...methods].filter((method) => !IDEMPOTENT_METHODS.includes(method));
	if (context.getNode().retryOnFail === true && repeated.length > 0) {
		messages.push(
			`"Retry On Fail" in the settings of this node makes every call again when one fails, also a ${repeated.join(' or ')} that was carried out. "Max Retries" in its options does not.`,
		);
	}
	const [only] = items;
	if (items.length === 1 && Array.isArray(only?.json.data)) {
		messages.push("To split the contents of 'data' into separate items, add a 'Split Out' node.");
	}
	// n8n before 1.80 has no hints.
	context.addExecutionHints?.(
		...messages.map((message) => ({ message, location: 'outputPane' as const })),
	);
}
