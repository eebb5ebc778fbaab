import {
	lastSegment,
	readFileName,
} from '../../../../nodes/AuthenticatedRequest/response/contentDisposition';

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
