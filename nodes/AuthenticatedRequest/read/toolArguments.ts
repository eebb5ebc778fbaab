import { traverseNodeParameters, type FromAIArgument, type IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../../../providers';
import { cut } from '../../shared/choices';
import { modelArguments } from '../../shared/tool';

/** What a model gave for a call of the tool. */
export interface ToolArguments {
	/** Which of them a parameter reads, as it is stored: each with its value. */
	readBy: (stored: unknown) => Array<{ key: string; value: unknown }>;
}

/** Reads an item over which n8n may have laid what the model said. */
const INPUT = /\$(?:json|input|data|thisItem|items)\b/i;

/** Whether a parameter, as it is stored, takes anything from the model. */
export function takesFromModel(stored: unknown): boolean {
	return /\$fromai\b/i.test(textOf(stored)) || INPUT.test(textOf(stored));
}

const textOf = (stored: unknown) => JSON.stringify(stored) ?? '';

/**
 * The arguments of a tool: those that a `$fromAI` of its parameters names, each given and of the type it names.
 * Newer agents hand on whatever a model says, also what the tool does not ask for.
 * @throws {InputError} that names the argument
 */
export function readToolArguments(context: IExecuteFunctions, itemIndex: number): ToolArguments {
	const { parameters } = context.getNode();
	const asked = argumentsIn(parameters);
	const values = new Map<string, unknown>();
	for (const { key, type = 'string', defaultValue } of asked) {
		const value = valueOf(context, itemIndex, key) ?? defaultValue;
		if (value === undefined || value === null) {
			throw new InputError(`The argument "${cut(key)}" is missing`);
		}
		if (!isOfType(value, type)) {
			throw new InputError(`The argument "${cut(key)}" must be ${NAMES[type]}`);
		}
		values.set(key, value);
	}
	const given = modelArguments(context);
	if (given !== null && INPUT.test(textOf(parameters))) assertAskedFor(given, values);
	return {
		readBy: (stored) => argumentsIn(stored).map(({ key }) => ({ key, value: values.get(key) })),
	};
}

/** n8n lays what the model says over the fields that expressions read as `$json`. */
function assertAskedFor(given: Record<string, unknown>, asked: Map<string, unknown>): void {
	const { query, ...others } = given;
	// n8n looks for arguments there, too.
	const inQuery = asked.has('query') || typeof query !== 'object' ? {} : query;
	const names = Object.keys({ ...others, ...inQuery });
	const unknown = names.find((name) => !asked.has(name));
	if (unknown === undefined) return;
	const known = [...asked.keys()].join(', ') || 'none';
	throw new InputError(`The tool has no argument "${cut(unknown)}". Its arguments: ${known}`);
}

/** n8n before 1.84 reads them elsewhere. */
function argumentsIn(stored: unknown): FromAIArgument[] {
	const found: FromAIArgument[] = [];
	(traverseNodeParameters as typeof traverseNodeParameters | undefined)?.(
		stored as Parameters<typeof traverseNodeParameters>[0],
		found,
	);
	return found;
}

function valueOf(context: IExecuteFunctions, itemIndex: number, key: string): unknown {
	try {
		return context.evaluateExpression(`{{ $fromAI(${JSON.stringify(key)}) }}`, itemIndex);
	} catch {
		// n8n has no arguments at all.
		return undefined;
	}
}

type ArgumentType = NonNullable<FromAIArgument['type']>;

const NAMES: Record<ArgumentType, string> = {
	string: 'text',
	number: 'a number',
	boolean: 'true or false',
	json: 'JSON',
};

/** As JSON has it, in which it may have to stand. */
const NUMBER = /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?\s*$/i;

function isOfType(value: unknown, type: ArgumentType): boolean {
	switch (type) {
		case 'string':
			return typeof value !== 'object';
		case 'number':
			return typeof value !== 'object' && NUMBER.test(String(value)) && isFinite(Number(value));
		case 'boolean':
			return /^(?:true|false)$/.test(String(value));
		case 'json':
			return true;
	}
}
