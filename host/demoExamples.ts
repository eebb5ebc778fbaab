import type { Example } from './measure';

const ITEMS = 100;
const HOUR = 3600;

/** The workflows the demo runs, in order. */
export const DEMO_EXAMPLES: Example[] = [
	...examplesOf('maxus', 'Maxus', { validFor: 180, isFresh: true }),
	// A call of this vendor takes more than a header, so its token example makes none.
	...examplesOf('agent-auth', 'Agent Auth', { validFor: HOUR, tokenCalls: 0 }),
	...examplesOf('service-comb', 'ServiceComb', { validFor: 12 * HOUR }),
	...examplesOf('yes-api', 'YesApi', { validFor: 24 * HOUR }),
	...examplesOf('token-api', 'Token API', { validFor: HOUR / 4 }),
];

interface Traits {
	validFor: number;
	/** Whether every call gets a token of its own; else they share one. */
	isFresh?: boolean;
	tokenCalls?: number;
}

function examplesOf(file: string, vendor: string, traits: Traits): Example[] {
	const { validFor, isFresh = false, tokenCalls = 1 } = traits;
	const hundred = {
		vendor,
		validFor,
		items: ITEMS,
		calls: ITEMS,
		tokens: (isFresh ? [ITEMS, ITEMS] : [0, 1]) as [number, number],
		distinct: isFresh ? ITEMS : 1,
	};
	return [
		{
			name: `${file}-token`,
			vendor,
			way: tokenCalls ? 'Token node, HTTP Request' : 'Token node',
			validFor,
			items: 1,
			calls: tokenCalls,
			tokens: [1, 1],
			distinct: 1,
		},
		{
			name: `${file}-authenticated-request`,
			way: 'Authenticated Request',
			...hundred,
		},
		{
			name: `${file}-http-request`,
			way: 'HTTP Request, credential',
			...hundred,
		},
	];
}
