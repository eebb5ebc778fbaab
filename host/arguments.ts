import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Failure } from './step';

/** Reads a command's options; gives `null` where its usage was asked for, and prints that. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(
	args: string[],
	options: T,
	usage: string,
) {
	if (args.includes('--help') || args.includes('-h')) {
		console.log(usage);
		return null;
	}
	try {
		return parseArgs({ args, options }).values;
	} catch (error) {
		throw new Failure(`${(error as Error).message}\n${usage}`);
	}
}
