import fc from 'fast-check';

import { scrubber } from '../../../providers/kit/scrub';
import { propertyRuns } from '../../support/propertyRuns';

const scrub = (text: string, secrets: string[]) => scrubber(secrets)(text);

/** How vendors and proxies write what they echo. */
const writings: Array<(text: string) => string> = [
	(text) => text,
	(text) => encodeURIComponent(text),
	(text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
	(text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`),
	(text) => new URLSearchParams({ secret: text }).toString(),
	(text) => JSON.stringify({ secret: text }),
	(text) => JSON.stringify({ secret: text }).replaceAll('/', '\\/'),
	(text) => Buffer.from(text).toString('base64'),
	(text) => Buffer.from(text).toString('base64url'),
	(text) => Buffer.from(text).toString('hex'),
	(text) => Buffer.from(text).toString('hex').toUpperCase(),
];

const hexKey = fc.string({
	minLength: 32,
	maxLength: 64,
	unit: fc.constantFrom(...'0123456789abcdef'),
});

/** A secret as people and generators make them. */
const secret = fc
	.oneof(
		fc.string({ minLength: 8, maxLength: 40 }),
		fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }),
		fc.string({ minLength: 8, maxLength: 40, unit: 'binary' }),
		fc.base64String({ minLength: 8, maxLength: 80 }),
		hexKey,
	)
	// The mask itself is no secret.
	.filter((text) => !text.includes('*'));

const around = fc.oneof(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20, unit: 'binary' }));
const asText = fc.constantFrom(...writings.slice(0, 7));
const asAnything = fc.constantFrom(...writings);

it('leaves no secret in a text, however it was written into it', () => {
	fc.assert(
		fc.property(
			fc.array(secret, { minLength: 1, maxLength: 3 }),
			around,
			around,
			asText,
			asAnything,
			(secrets, before, after, inner, outer) => {
				const [first = ''] = secrets;
				const text = `${before} ${outer(`${before}${inner(first)}${after}`)} ${after}`;
				const clean = scrub(text, secrets);
				for (const write of writings.slice(0, 7)) expect(clean).not.toContain(write(first));
				expect(clean).not.toContain(inner(first));
				expect(clean).not.toContain(outer(inner(first)));
			},
		),
		{ numRuns: propertyRuns },
	);
});

it('leaves no half of a secret in a text', () => {
	const halves = fc.tuple(
		fc.string({ minLength: 20, maxLength: 60 }).filter((text) => !text.includes('*')),
		fc.nat(),
		fc.nat(),
	);
	fc.assert(
		fc.property(halves, around, around, ([whole, at, more], before, after) => {
			const half = Math.ceil(whole.length / 2);
			const start = at % (whole.length - half + 1);
			const piece = whole.slice(start, start + half + (more % 5));
			expect(scrub(`${before}${piece}${after}`, [whole])).not.toContain(piece);
		}),
		{ numRuns: propertyRuns },
	);
});

it('leaves a text alone that has none in it', () => {
	fc.assert(
		fc.property(fc.lorem({ maxCount: 40 }), hexKey, (text, key) => {
			expect(scrub(text, [key])).toBe(text);
		}),
		{ numRuns: propertyRuns },
	);
});
