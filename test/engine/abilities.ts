/** The nodes are tested in the newest n8n's engine, and with `npm run test:oldest` in the oldest one's. */
const isOldest = process.env.N8N_ENGINE === 'oldest';

const sinceThen = isOldest ? it.skip : it;

/**
 * Tests of what n8n itself has learned since the oldest version that is supported. They are skipped
 * there, since nothing in this package can make up for it.
 *
 * @example
 * itNeeds.certificates('offers the client certificate', async () => { … });
 */
export const itNeeds = {
	/** The hosts that a credential may be sent to hold for the call alone in n8n 1, not for the login. */
	hostsOfLogin: sinceThen,
	/** `httpRequest` knows no certificates before n8n 2.20. */
	certificates: sinceThen,
};
