import { resolve } from 'node:path';
import { ROOT } from './step';

/** The oldest n8n that is supported. */
export const OLDEST_N8N = resolve(__dirname, 'oldest', 'n8n');

/**
 * Where the n8n is installed that is to run: the newest one in this folder, or another that `N8N_FOLDER`
 * names, with a package.json and a lock file of its own.
 *
 * @example
 * // N8N_FOLDER=host/oldest/n8n npm run test:e2e
 */
export function n8nFolder(): string {
	return resolve(ROOT, process.env['N8N_FOLDER'] ?? __dirname);
}
