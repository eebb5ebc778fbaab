import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	makeCall,
	scrubError,
	tokenRulesOf,
	type CallContext,
	type Credentials,
	type Engine,
	type Pace,
	type Provider,
	type RequestSpec,
	type Response,
	type RunReport,
	type TokenUse,
} from '../../providers';
import { readChoice } from '../shared/choices';
import { credentialReader, type CredentialReader } from '../shared/readCredentials';
import { isTool, TOOL_RUN } from '../shared/tool';
import { readExpiryCheck } from './output/expiry';
import { readResponse } from './output/readResponse';
import { mayHoldText, takeIn } from './output/takeIn';
import { readTrim } from './output/trimForModel';
import { requestPages } from './pages/requestPages';
import { certificateReader } from './read/certificates';
import { parametersOf, type NodeParameters } from './read/nodeParameters';
import { filesOf } from './read/readFile';
import { readRequestOptions, type RequestOptions } from './read/readOptions';
import { readPagination } from './read/readPagination';
import { readRequest } from './read/readRequest';
import { readToolArguments } from './read/toolArguments';
import { assertToolRequest } from './read/toolValues';

/** What all items of a run share. */
interface Run {
	engine: Engine;
	context: IExecuteFunctions;
	/** Whose token the calls carry. @throws {InputError} when no such vendor is known */
	vendor: () => Provider;
	/** Whether each item reads the credential. */
	credentialPerItem: boolean;
	/** `null`: the user sets how many items are under way. */
	pace: Pace | null;
	report: RunReport;
	signal: AbortSignal | undefined;
}

/** The work of the node for each of its items. */
export function requestsOf(ofRun: Run) {
	const { engine, context, vendor, credentialPerItem, pace, report, signal } = ofRun;
	const certificatesOf = certificateReader(context);
	let credentialsOf: CredentialReader<Credentials> | undefined;
	let isFreshByChoice = false;

	const readItem = async (itemIndex: number, forModel: boolean): Promise<Item> => {
		const parameters = parametersOf(context, itemIndex);
		const itsVendor = vendor();
		credentialsOf ??= credentialReader(
			context,
			itsVendor.type,
			(data) => itsVendor.readCredentials(data),
			credentialPerItem,
		);
		const credentials = await credentialsOf(itemIndex);
		const certificates = (await certificatesOf(itemIndex)) ?? credentials.certificates;
		const options = {
			...readRequestOptions(parameters, itsVendor, credentials, certificates),
			forModel,
		};
		const provider = (options.signed && itsVendor.signing?.(options.signed)) ?? itsVendor;
		const call: CallContext = {
			engine,
			helpers: context.helpers,
			run: forModel ? TOOL_RUN : context,
			provider,
			credentials,
			tokenUse: readTokenUse(parameters, provider, credentials),
			options,
			// A model is not made to wait for others.
			pace: forModel ? null : pace,
			signal,
			secrets: new Set(provider.secretsOf({ credentials })),
			isExpired: readExpiryCheck(context, itemIndex),
			mayHoldText: (response) => mayHoldText(response, options),
			consume: async (response) => await takeIn(context, response, options),
			report,
		};
		return { call, context, itemIndex, parameters, options };
	};

	return {
		/** The items that one input item becomes. */
		async item(itemIndex: number): Promise<INodeExecutionData[]> {
			const said = isTool(context.getNode()) ? readToolArguments(context, itemIndex) : null;
			const item = await readItem(itemIndex, said !== null);
			const { call, parameters, options } = item;
			isFreshByChoice ||= call.tokenUse === 'fresh' && isReuseOffered(call.provider);
			if (itemIndex === 0) announceLongRun(call, context.getInputData().length);
			const files = filesOf(context, itemIndex);
			const spec = await readRequest(parameters, files, call.credentials.baseUrl, options);
			if (said !== null) assertToolRequest(parameters, said, spec);
			return await callAndRead(item, spec);
		},
		/** Whether a call had a new token though a kept one could have served it. */
		isFreshByChoice: () => isFreshByChoice,
	};
}

const isReuseOffered = ({ tokens }: Provider) => tokens.needed && tokens.reuse === 'offered';

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
	parameters: NodeParameters;
	options: RequestOptions;
}

async function callAndRead(
	{ call, context, itemIndex, parameters, options }: Item,
	spec: RequestSpec,
): Promise<INodeExecutionData[]> {
	const pagination = readPagination(parameters, options);
	const trim = readTrim(parameters);
	const read = async (response: Response) =>
		await readResponse(context, itemIndex, response, options, trim, call.secrets);
	try {
		if (pagination === null) return await read(await makeCall(call, spec));
		const { pause } = call.engine.runtime;
		const pages = await requestPages(
			{ context, itemIndex, options, pause: async (ms) => await pause(ms, call.signal) },
			spec,
			pagination,
			async (page) => await makeCall(call, page, pagination.lastStatuses),
		);
		return (await Promise.all(pages.map(read))).flat();
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
