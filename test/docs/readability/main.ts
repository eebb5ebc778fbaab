import { documents } from '../documents';
import { measure, type Measured } from './measure';
import { textsOfPage } from './pages';
import { textsOfSource } from './source';

/** No sentence is longer, and what people read first is no harder than this grade. */
const MOST_WORDS = 30;
const HIGHEST_GRADE = 9;

/** Lists for developers: each cell of their tables names what a test holds. */
const REFERENCE =
	/^CHANGELOG\.md$|^docs\/(http-request-parity|reliability|vendor-statements|verification)\.md$/;

const pages = documents.filter(
	({ path }) => !path.startsWith('.github') && !path.includes('zh-CN') && !REFERENCE.test(path),
);

/** Prints how hard each page, the forms and the messages are to read, and what is too hard. */
function main(): void {
	const measured = [...textsOfSource(), ...pages.map(textsOfPage)].map(measure);
	console.log('Grade  Words in the longest sentence');
	for (const { name, grade, sentences } of measured) {
		const longest = Math.max(...sentences.map(({ words }) => words));
		console.log(`${grade.toFixed(1).padStart(5)}  ${String(longest).padStart(3)}  ${name}`);
	}
	const faults = measured.flatMap(faultsOf);
	if (faults.length === 0) return;
	console.error(`\nToo hard to read:\n${faults.join('\n')}`);
	process.exitCode = 1;
}

function faultsOf({ name, grade, sentences }: Measured): string[] {
	return [
		...(grade > HIGHEST_GRADE
			? [`${name}: grade ${grade.toFixed(1)}, and ${HIGHEST_GRADE} is the limit`]
			: []),
		...sentences
			.filter(({ words }) => words > MOST_WORDS)
			.map(({ place, words, text }) => `${place}: ${words} words: ${text}`),
	];
}

main();
