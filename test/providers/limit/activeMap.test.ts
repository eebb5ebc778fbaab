import { ActiveMap } from '../../../providers/limit/activeMap';

it('looks at two of the others with each use, however many there are', () => {
	const isIdle = jest.fn(() => false);
	const map = new ActiveMap(() => ({}), isIdle);
	for (let key = 0; key < 20_000; key += 1) map.get(String(key));
	isIdle.mockClear();
	map.get('7');
	expect(isIdle.mock.calls.length).toBeLessThanOrEqual(2);
	expect(map.size).toBe(20_000);
});

it('gives the same value for a key until that is idle, and forgets it then', () => {
	const idle = new Set<object>();
	const map = new ActiveMap(
		() => ({}),
		(value) => idle.has(value),
	);
	const first = map.get('a');
	map.get('b');
	expect(map.get('a')).toBe(first);
	idle.add(first);
	map.get('b');
	map.get('b');
	expect(map.size).toBe(1);
	expect(map.get('a')).not.toBe(first);
});

it('does not forget what is used at this moment, idle or not', () => {
	const map = new ActiveMap(
		() => ({}),
		() => true,
	);
	const value = map.get('a');
	expect(map.get('a')).toBe(value);
});
