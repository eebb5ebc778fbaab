import type { IExecuteFunctions } from 'n8n-workflow';

/** The parameters of the node for one item. */
export interface NodeParameters {
	/** The value of a parameter, with its expressions resolved; `fallback` where the node has none. */
	get: <T = unknown>(name: string, fallback?: T) => T;
	/** The value as it is stored, with its expressions unresolved. */
	raw: (name: string, fallback?: unknown) => unknown;
	/** What an expression gives, without the `=` it begins with. */
	resolve: (expression: string) => unknown;
}

/** The parameters of the node for the item with this index. */
export function parametersOf(context: IExecuteFunctions, itemIndex: number): NodeParameters {
	return {
		get: <T>(name: string, fallback?: T) =>
			context.getNodeParameter(name, itemIndex, fallback as never) as T,
		raw: (name, fallback) =>
			context.getNodeParameter(name, itemIndex, fallback as never, { rawExpressions: true }),
		resolve: (expression) => context.evaluateExpression(expression, itemIndex),
	};
}
