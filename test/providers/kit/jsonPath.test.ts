import { valueAtPath } from '../../../providers/kit/jsonPath';

it.each([
	['list[0].token', 'fake-token'],
	['list.0.token', 'fake-token'],
	['$.list[0].token', 'fake-token'],
	['list.length', undefined],
	['list.at', undefined],
	['length', 7],
	['text.length', undefined],
])('%s gives %p', (path, value) => {
	const json = { list: [{ token: 'fake-token' }], length: 7, text: 'abc' };
	expect(valueAtPath(json, path)).toBe(value);
});
