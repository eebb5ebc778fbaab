import { Failure } from '../../host/step';
import { at, textAt, type JsonObject } from './document';

const CONFIG = /\{\{\s*config(?:\.(\w+)|\[['"](\w+)['"]\])\s*\}\}/g;

/** Of Airbyte's templates those that stand for a value of the configuration, as ours; and the values they used. */
export function configTemplates(asked: JsonObject) {
	const names = new Map<string, string>();
	const password = Object.keys(asked).find((key) => isSecretOf(asked, key) && /pass/i.test(key));

	const nameOf = (key: string) => {
		const known = names.get(key);
		if (known !== undefined) return known;
		const isSecret = isSecretOf(asked, key);
		const main = isSecret ? 'password' : 'username';
		const isTaken = [...names.values()].includes(main) || (isSecret && (password ?? key) !== key);
		const name = isTaken ? camelCased(key) : main;
		names.set(key, name);
		return name;
	};

	/** @throws {Failure} when it does more than stand for a value */
	const template = (text: unknown) => {
		const written = String(text).replace(
			CONFIG,
			(_, byDot?: string, byKey?: string) => `<<${nameOf(byDot ?? byKey ?? '')}>>`,
		);
		if (/\{\{|\{%/.test(written)) {
			throw new Failure(
				`"${String(text)}" is more than a value of the configuration: write that part by hand.`,
			);
		}
		return written.replace(/<<(\w+)>>/g, '{{$1}}');
	};

	const values = () =>
		Object.fromEntries(
			[...names].map(([key, name]) => [
				name,
				{
					label: textAt(asked, key, 'title') ?? key,
					...(isSecretOf(asked, key) && { secret: true }),
				},
			]),
		);

	return { template, values };
}

const isSecretOf = (asked: JsonObject, key: string) => at(asked, key, 'airbyte_secret') === true;

const camelCased = (key: string) =>
	key.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
