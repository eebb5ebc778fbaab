import { join } from 'node:path';

import ts from 'typescript';

/** Whether the compiler takes a file as it stands now. A mutant that it refuses can never be run. */
export function compiles(root: string, path: string): boolean {
	const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as {
		config: object;
	};
	const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
	const file = join(root, path);
	const program = ts.createProgram([file], { ...options, noEmit: true, skipLibCheck: true });
	const source = program.getSourceFile(file);
	return ts.getPreEmitDiagnostics(program, source).length === 0;
}
