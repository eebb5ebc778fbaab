import { main } from '../../host/demo';
import { connect } from './n8n';

test('the demo runs its workflows in an n8n that is there, and says what went wrong', async () => {
	const { url } = await connect();
	expect(await main(['--external', `${url}/`])).toBe(0);
	await expect(main(['--external', 'nowhere'])).rejects.toThrow('"nowhere" is no URL');
});
