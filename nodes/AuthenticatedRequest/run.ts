import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	IDEMPOTENT_METHODS,
	makeCall,
	scrubError,
	tokenRulesOf,
	type CallContext,
	type Credentials,
	type Engine,
	type Provider,
	type RequestSpec,
	type RunReport,
	type TokenUse,
} from '../../providers';
import { readChoice } from '../shared/choices';
import { credentialReader, type CredentialReader } from '../shared/readCredentials';
import { reportedRun } from '../shared/reportedRun';
import { cancelSignal, runItems } from '../shared/runItems';
import { isTool, TOOL_RUN } from '../shared/tool';
import { readExpiryCheck } from './output/expiry';
import { readResponse } from './output/readResponse';
import { mayHoldText, takeIn } from './output/takeIn';
import { readTrim } from './output/trimForModel';
import { requestPages } from './pages/requestPages';
import { certificateReader } from './read/certificates';
import { parametersOf, type NodeParameters } from './read/nodeParameters';
import { readRequestOptions, readRunOptions, type RequestOptions } from './read/readOptions';
import { filesOf } from './read/readFile';
import { readPagination } from './read/readPagination';
import { readRequest } from './read/readRequest';
import { runHints } from './output/runHints';
import { readToolArguments } from './read/toolArguments';
import { assertToolRequest } from './read/toolValues';

/**
 * The whole node: one call, or one call a page, for each input item.
 *
 * @param vendorOf tells whose token the calls carry, from the parameters of the first item
 */
export async function runRequests(
	engine: Engine,
	context: IExecuteFunctions,
	vendorOf: (parameters: NodeParameters) => Provider,
): Promise<INodeExecutionData[][]> {
	const { elapsed, pause } = engine.runtime;
	let runOptions: ReturnType<typeof readRunOptions>;
	try {
		runOptions = readRunOptions(parametersOf(context, 0));
	} catch (error) {
		const refuse = async () => await Promise.reject(error as Error);
		return [await runItems(context, 1, refuse)];
	}
	const { concurrency, credentialPerItem, delayOf } = runOptions;
	return await reportedRun(
		engine,
		context,
		reportedVendor(context, vendorOf),
		async (report, counted) => {
			const signal = cancelSignal(context);
			const startedAt = elapsed();
			const methods = new Set<string>();
			let isFreshByChoice = false;
			let credentialsOf: CredentialReader<Credentials> | undefined;
			const certificatesOf = certificateReader(context);

			const items = await runItems(
				context,
				concurrency,
				counted(async (itemIndex) => {
					await pause(startedAt + delayOf(itemIndex) - elapsed(), signal);
					const parameters = parametersOf(context, itemIndex);
					const said = isTool(context.getNode()) ? readToolArguments(context, itemIndex) : null;
					const vendor = vendorOf(parametersOf(context, 0));
					credentialsOf ??= credentialReader(
						context,
						vendor.type,
						(data) => vendor.readCredentials(data),
						credentialPerItem,
					);
					const credentials = await credentialsOf(itemIndex);
					const certificates = (await certificatesOf(itemIndex)) ?? credentials.certificates;
					const options = {
						...readRequestOptions(parameters, vendor, credentials, certificates),
						forModel: said !== null,
					};
					const provider = (options.signed && vendor.signing?.(options.signed)) ?? vendor;
					const call: CallContext = {
						engine,
						helpers: context.helpers,
						run: said === null ? context : TOOL_RUN,
						provider,
						credentials,
						tokenUse: readTokenUse(parameters, provider, credentials),
						options,
						signal,
						secrets: new Set(provider.secretsOf({ credentials })),
						isExpired: readExpiryCheck(context, itemIndex),
						mayHoldText: (response) => mayHoldText(response, options),
						consume: async (response) => await takeIn(context, response, options),
						report,
					};
					isFreshByChoice ||=
						provider.tokens.reuse === 'offered' &&
						provider.tokens.needed &&
						call.tokenUse === 'fresh';
					if (itemIndex === 0) announceLongRun(call, context.getInputData().length);
					const files = filesOf(context, itemIndex);
					const spec = await readRequest(parameters, files, credentials.baseUrl, options);
					if (said !== null) assertToolRequest(parameters, said, spec);
					methods.add(spec.method);
					return await callAndRead({ call, context, itemIndex, options }, spec);
				}),
			);
			addHints(context, items, report, { methods, isFreshByChoice });
			return [items];
		},
	);
}

/** Whose tokens a run is about; an unknown provider is refused for each item, by name. */
function reportedVendor(
	context: IExecuteFunctions,
	vendorOf: (parameters: NodeParameters) => Provider,
): Pick<Provider, 'type' | 'displayName'> {
	try {
		return vendorOf(parametersOf(context, 0));
	} catch {
		return { type: '', displayName: 'unknown' };
	}
}

function readTokenUse(
	{ get }: NodeParameters,
	provider: Provider,
	credentials: Credentials,
): TokenUse {
	const { reuse, oneSession } = tokenRulesOf(provider, credentials);
	const wanted = readChoice(
		get<unknown>('tokenUse', 'fresh'),
		'Token Use',
		['fresh', 'reuse'],
		reuse === 'preferred' ? 'reuse' : 'fresh',
	);
	if (oneSession === true) return 'reuse';
	return reuse === 'never' ? 'fresh' : wanted;
}

/** One item of a run. */
interface Item {
	call: CallContext;
	context: IExecuteFunctions;
	itemIndex: number;
	options: RequestOptions;
}

async function callAndRead(
	{ call, context, itemIndex, options }: Item,
	spec: RequestSpec,
): Promise<INodeExecutionData[]> {
	const pagination = readPagination(parametersOf(context, itemIndex), options);
	const trim = readTrim(parametersOf(context, itemIndex));
	try {
		if (pagination === null) {
			const response = await makeCall(call, spec);
			return await readResponse(context, itemIndex, response, options, trim, call.secrets);
		}
		const { pause } = call.engine.runtime;
		const pages = await requestPages(
			{ context, itemIndex, options, pause: async (ms) => await pause(ms, call.signal) },
			spec,
			pagination,
			async (page) => await makeCall(call, page, pagination.lastStatuses),
		);
		const read = pages.map(
			async (page) => await readResponse(context, itemIndex, page, options, trim, call.secrets),
		);
		return (await Promise.all(read)).flat();
	} catch (error) {
		throw scrubError(error, [...call.secrets]);
	}
}

/** Tells in the log, before anything waits, that the limit of requests a minute will make a run take long. */
function announceLongRun(
	{ options, provider, credentials, tokenUse, report }: CallContext,
	items: number,
): void {
	const perMinute = Math.floor(options.requestsPerMinute / (credentials.processes ?? 1));
	const requests = items * (provider.tokens.needed && tokenUse === 'fresh' ? 2 : 1);
	if (perMinute > 0 && requests > perMinute) report.longRunAhead(requests, perMinute);
}

function addHints(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	report: RunReport,
	{ methods, isFreshByChoice }: { methods: Set<string>; isFreshByChoice: boolean },
): void {
	const messages = runHints(report, isFreshByChoice);
	const repeated = [...methods].filter((method) => !IDEMPOTENT_METHODS.includes(method));
	if (context.getNode().retryOnFail === true && repeated.length > 0) {
		messages.push(
			`"Retry On Fail" in the settings of this node repeats every call when one fails, even a ${repeated.join(' or ')} that was carried out. "Max Retries" in its options does not.`,
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
