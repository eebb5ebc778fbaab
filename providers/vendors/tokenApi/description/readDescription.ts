import { findNodeAtLocation, parseTree, type ParseError } from 'jsonc-parser';
import * as v from 'valibot';

import { cutTo } from '../../../kit/cutTo';
import { InputError } from '../../../kit/errors';
import { isJsonObject } from '../../../kit/json';
import { descriptionSchema, FORMAT_VERSION, type Description } from './schema';

/** A description in JSON, checked. @throws {InputError} that names what is wrong, and its line */
export function parseDescription(text: string): Description {
	const errors: ParseError[] = [];
	const tree = parseTree(text, errors, { disallowComments: true });
	const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
	const [error] = errors;
	if (tree === undefined || error !== undefined) {
		throw new InputError(`The description is not valid JSON (line ${lineAt(error?.offset ?? 0)})`, {
			description: 'Check the quotes, commas and brackets there.',
		});
	}
	return readDescription(JSON.parse(text), (path) => {
		const parents = path.map((_, index) => path.slice(0, path.length - index));
		const node = parents.map((part) => findNodeAtLocation(tree, part)).find(Boolean);
		return lineAt((node ?? tree).offset);
	});
}

/**
 * A description of a login, checked.
 * @param lineOf the line of a field, where it was read from a text
 * @throws {InputError} that names the field, what it holds and what may stand there
 */
export function readDescription(
	written: unknown,
	lineOf: (path: Array<string | number>) => number | null = () => null,
): Description {
	if (isJsonObject(written) && written.version !== FORMAT_VERSION) {
		throw new InputError(
			`The description is of version ${shown(written.version)} of the format, which is not known here`,
			{
				description: `This version of the package reads version ${FORMAT_VERSION}: "version": ${FORMAT_VERSION}.`,
			},
		);
	}
	const { success, output, issues } = v.safeParse(descriptionSchema, written);
	if (success) return output;
	const [issue] = issues;
	const path = (issue.path ?? []).map(({ key }) => key as string | number);
	const line = lineOf(path);
	const where = line === null ? '' : ` (line ${line})`;
	throw new InputError(`"${pathText(path)}" of the description cannot be right${where}`, {
		description: `${holds(issue)} ${mayStand(issue)}`,
	});
}

const pathText = (path: Array<string | number>) =>
	path.reduce<string>(
		(text, key) =>
			typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`,
		'',
	) || 'The whole';

function holds({ input }: v.BaseIssue<unknown>): string {
	return input === undefined ? 'It is missing.' : `It holds ${shown(input)}.`;
}

/** What stands there, cut: a description has no secrets, but may be anything. */
const shown = (value: unknown) => cutTo(JSON.stringify(value) ?? 'nothing', 80);

function mayStand({ type, expected, message, kind }: v.BaseIssue<unknown>): string {
	if (expected === 'never') return 'There is no field of that name.';
	if (kind === 'validation' && type === 'check') return `It ${message}.`;
	if (type === 'regex') return `It has to match ${expected}.`;
	if (type === 'non_empty') return 'A text may stand there.';
	return `There may stand: ${expected ?? 'something else'}.`;
}
