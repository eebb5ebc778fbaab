/** Runs the checks n8n runs on community packages: `node scan.mjs <unpacked package> <sources>`. */
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [published = '', sources = ''] = process.argv.slice(2);
for (const result of [
	await analyzePackage(published),
	await analyzePackage(sources, SOURCE_FILE_PATTERNS),
]) {
	if (!result.passed) {
		console.error(result.message, result.details ?? '');
		process.exitCode = 1;
	}
}
