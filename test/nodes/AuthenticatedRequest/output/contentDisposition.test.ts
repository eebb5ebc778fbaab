import {
	lastSegment,
	readFileName,
} from '../../../../nodes/AuthenticatedRequest/output/contentDisposition';

it.each([
	['attachment; filename=report.pdf', 'report.pdf'],
	['attachment; filename="my report.pdf"; size=10', 'my report.pdf'],
	['attachment; FileName = "a;b.pdf"', 'a;b.pdf'],
	['attachment; filename="say \\"hi\\".pdf"', 'say "hi".pdf'],
	["attachment; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf", '报告.pdf'],
	["attachment; filename=plain.pdf; filename*=UTF-8'zh'%E6%8A%A5.pdf", '报.pdf'],
	['attachment; filename="%E6%8A%A5.pdf"', '报.pdf'],
	['attachment; filename="100%.pdf"', '100%.pdf'],
	['attachment; filename=""', ''],
	['attachment; filename="../../etc/passwd"', 'passwd'],
	["attachment; filename*=UTF-8''..%2F..%5Cboot.ini", 'boot.ini'],
])('%s', (header, expected) => {
	expect(readFileName(header)).toBe(expected);
});

/** A header as Node.js gives it: each byte a character. */
const inBytes = (text: string, encoding: BufferEncoding = 'utf8') =>
	Buffer.from(text, encoding).toString('latin1');

it.each([
	['UTF-8', inBytes('attachment; filename="报告 5€.pdf"'), '报告 5€.pdf'],
	['UTF-8 without quotes', inBytes('attachment; filename=отчёт.pdf; size=3'), 'отчёт.pdf'],
	['Latin-1', 'attachment; filename="caf\u00e9.pdf"', 'café.pdf'],
	['characters that are decoded already', 'attachment; filename="报告é.pdf"', '报告é.pdf'],
	['mail, base64', 'attachment; filename="=?UTF-8?B?5oql5ZGKLnBkZg==?="', '报告.pdf'],
	['mail, quoted', 'attachment; filename="=?utf-8?Q?Caf=C3=A9_a=5Fb.pdf?="', 'Café a_b.pdf'],
	['mail, GBK', 'attachment; filename==?gb2312?B?sai45i5wZGY=?=', '报告.pdf'],
	['mail, two words', 'x; filename="=?utf-8?q?a=20b?= =?utf-8?b?5oql?=.pdf"', 'a b报.pdf'],
	['mail, a language', 'x; filename="=?iso-8859-1*fr?q?caf=E9?=.txt"', 'café.txt'],
	['mail, an unknown set', 'x; filename="=?none-1?q?x?="', '=?none-1?q?x?='],
	['extended, GBK', "attachment; filename*=gbk''%B1%A8%B8%E6.pdf", '报告.pdf'],
	['extended, Latin-1', "attachment; filename*=iso-8859-1'en'%A3%20rates.txt", '£ rates.txt'],
	['extended, in quotes', `attachment; filename*="UTF-8''%E6%8A%A5.pdf"`, '报.pdf'],
	['extended, no set', "attachment; filename*=''%E6%8A%A5.pdf", '报.pdf'],
	['extended, broken: the other', "x; filename=a.pdf; filename*=UTF-8''%FF%FE.pdf", 'a.pdf'],
	['extended, an unknown set: the other', "x; filename*=x-y''%41; filename=a.pdf", 'a.pdf'],
	['no type', 'filename="a.pdf"', 'a.pdf'],
	['another parameter that ends so', 'attachment; xfilename=no.pdf; filename=a.pdf', 'a.pdf'],
	['no end of the quotes', 'attachment; filename="a.pdf', undefined],
	['folders in a word of mail', 'x; filename="=?utf-8?b?Li4vLi4vZXRjL3Bhc3N3ZA==?="', 'passwd'],
])('%s', (_, header, expected) => {
	expect(readFileName(header)).toBe(expected);
});

it('takes no longer than its length', () => {
	const start = performance.now();
	for (const part of ['=?', '=?a?b?', 'filename', 'filename*=', "'", '"', '\\', '%']) {
		readFileName(`attachment; filename=${part.repeat(50_000)}`);
	}
	expect(performance.now() - start).toBeLessThan(2000);
});

it.each([undefined, null, 7, ['x'], '', 'inline', 'attachment'])('%j names no file', (header) => {
	expect(readFileName(header)).toBeUndefined();
});

it.each([
	['https://x.example/photos/car.png?size=1#top', 'car.png'],
	['https://x.example/%E6%8A%A5%E5%91%8A.pdf', '报告.pdf'],
	['https://x.example/100%.pdf', '100%.pdf'],
	['https://x.example/', undefined],
	['https://x.example/photos/', undefined],
])('the last part of %s is %s', (url, expected) => {
	expect(lastSegment(url)).toBe(expected);
});
