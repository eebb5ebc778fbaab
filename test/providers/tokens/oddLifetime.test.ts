import { tokenApi } from '../../../providers/vendors/tokenApi/vendor';
import { RunReport } from '../../../providers/tokens/runReport';
import { recordingLog } from '../../support/log';
import { NOW, tokenIn } from '../vendors/tokenApi/form';

const body = JSON.stringify({ token: 'fake-token', expires_in: 3 });

it('tells in the log, once a run, what Test says of a lifetime', async () => {
	const lifetime = { lifetime: 'field', lifetimePath: 'expires_in', lifetimeUnit: 's' };
	const token = await tokenIn({ valuePath: 'token', ...lifetime }, { body });
	const { log, lines } = recordingLog();
	const report = new RunReport({ provider: tokenApi, log });
	for (const ms of [1, 2]) report.tokenReceived(token, ms, NOW);
	expect(lines.filter(({ level }) => level === 'warn')).toEqual([
		{
			level: 'warn',
			text: 'Token providers: Lifetime of the token is odd',
			fields: expect.objectContaining({
				remark:
					'its lifetime at the JSON path "expires_in", as read by its unit, is less than ten seconds',
			}) as object,
		},
	]);
	expect(JSON.stringify(lines)).not.toContain('fake-token');
});
