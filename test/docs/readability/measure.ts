import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

/** A sentence and where it stands. */
export interface Sentence {
	place: string;
	text: string;
	words: number;
}

/** Texts that people read one after another, e.g. the paragraphs of a page. */
export interface Texts {
	name: string;
	texts: Array<{ place: string; text: string }>;
}

export interface Measured {
	name: string;
	/** The grade of a school at which the texts can be read (Flesch and Kincaid). */
	grade: number;
	sentences: Sentence[];
}

const sentencesIn = new Intl.Segmenter('en', { granularity: 'sentence' });
const wordsIn = new Intl.Segmenter('en', { granularity: 'word' });

const wordsOf = (text: string): string[] =>
	[...wordsIn.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);

function split(text: string): string[] {
	const joined = text
		.replace(/\be\.g\. /g, 'for example ')
		// Else a sentence would not begin with it.
		.replace(/\bn8n\b/g, 'N8n')
		.replace(/\s+/g, ' ');
	return [...sentencesIn.segment(joined)].map(({ segment }) => segment.trim());
}

/** How hard the texts are to read. */
export function measure({ name, texts }: Texts): Measured {
	const sentences = texts.flatMap(({ place, text }) =>
		split(text)
			.map((sentence) => ({ place, text: sentence, words: wordsOf(sentence).length }))
			.filter(({ words }) => words > 0),
	);
	const words = sentences.flatMap(({ text }) => wordsOf(text));
	const grade = fleschKincaid({
		sentence: sentences.length,
		word: words.length,
		syllable: words.reduce((sum, word) => sum + syllable(word), 0),
	});
	return { name, grade, sentences };
}
