import type { AccessToken } from '../../../providers/kit/provider';
import { Sessions } from '../../../providers/tokens/sessions';

const token = (text: string): AccessToken => ({
	token: text,
	issuedAt: null,
	expiresAt: null,
	claims: null,
});

let sessions: Sessions;
let ended: string[];
const end = ({ token: text }: AccessToken) => void ended.push(text);

beforeEach(() => {
	sessions = new Sessions();
	ended = [];
});

it('ends a session once, after its last user', () => {
	sessions.hold('a', token('one'));
	sessions.hold('a', token('one'));
	sessions.release('a', token('one'), end);
	expect(ended).toEqual([]);
	sessions.release('a', token('one'), end);
	sessions.release('a', token('one'), end);
	expect(ended).toEqual(['one']);
});

it('takes the token that two logins got for one session', () => {
	const [first, second] = [token('same'), token('same')];
	sessions.hold('a', first);
	sessions.hold('a', second);
	sessions.release('a', first, end);
	expect(ended).toEqual([]);
});

it('tells credentials apart', () => {
	sessions.hold('a', token('same'));
	sessions.hold('b', token('same'));
	sessions.release('a', token('same'), end);
	expect(ended).toEqual(['same']);
	expect(sessions.usersOf('b', token('same'))).toBe(1);
});

it('never ends one that was handed out, or that nobody is known to use', () => {
	sessions.hold('a', token('out'));
	sessions.handOut('a', token('out'));
	sessions.release('a', token('out'), end);
	sessions.release('a', token('out'), end);
	sessions.release('a', token('unknown'), end);
	expect(ended).toEqual([]);
});

it('forgets the oldest of more than two thousand', () => {
	for (let count = 0; count <= 2000; count += 1) sessions.hold('a', token(String(count)));
	sessions.release('a', token('0'), end);
	sessions.release('a', token('1'), end);
	expect(ended).toEqual(['1']);
});
