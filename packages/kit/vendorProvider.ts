import type { Provider } from '../../providers';

/**
 * A vendor under the name of another credential type, with which its tokens and limits are kept. What signs
 * its calls goes by that name, too.
 */
export function underType<P extends Provider>(provider: P, type: string): P {
	const { signing } = provider;
	return {
		...provider,
		type,
		...(signing && { signing: (options: object) => ({ ...signing(options), type }) }),
	};
}
