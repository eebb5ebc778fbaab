/** The nodes are tested in the newest n8n's engine, and with `npm run test:oldest` in the oldest one's. */
const isOldest = process.env.N8N_ENGINE === 'oldest';

const sinceThen = isOldest ? it.skip : it;

/**
 * Tests of what n8n itself has learned since the oldest version that is supported. They are skipped
 * there, since nothing in this package can make up for it.
 *
 * @example
 * itNeeds.statusOfTest('says so when the token is refused there', async () => { … });
 */
export const itNeeds = {
	/** n8n 1 drops the cause of each error, so it does not know which status a Test was answered with. */
	statusOfTest: sinceThen,
	/** The hosts that a credential may be sent to hold for the call alone in n8n 1, not for the login. */
	hostsOfLogin: sinceThen,
	/** `httpRequest` knows no certificates before n8n 2.20. */
	certificates: sinceThen,
};
