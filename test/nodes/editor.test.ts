import { NodeHelpers, type INode, type INodeProperties } from 'n8n-workflow';

import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { publishedNodes } from '../support/published';

const request = new AuthenticatedRequest().description;

/** The top-level parameters that the editor shows by one of these names, with these values. */
function shown(name: string, values: Record<string, unknown>): INodeProperties[] {
	const parameters = { provider: 'yesApi', options: {}, ...values } as INode['parameters'];
	const node = { typeVersion: 1.1, parameters } as INode;
	return request.properties.filter(
		(property) =>
			property.name === name &&
			NodeHelpers.displayParameter(parameters, property, node, request, parameters),
	);
}

it('shows Token Use with what it costs, but not where a call is signed', () => {
	const [tokenUse] = shown('tokenUse', {});
	expect(JSON.stringify(tokenUse?.options)).toMatch(
		/20 items need 20 logins.*20 items need one login/,
	);
	expect(shown('tokenUse', { options: { signRequest: false } })).toHaveLength(1);
	expect(shown('tokenUse', { options: { signRequest: true } })).toEqual([]);
	expect(shown('tokenUse', { provider: 'maxusApi' })).toEqual([]);
});

it('asks for YesApi alone, above the URL, what is called', () => {
	expect(shown('callTo', { provider: 'maxusApi' })).toEqual([]);
	expect(shown('callTo', {})).toHaveLength(1);
	const names = request.properties.map(({ name }) => name);
	expect(names.indexOf('callTo')).toBeLessThan(names.indexOf('url'));
	expect(shown('tokenUse', { callTo: 'interface' })).toEqual([]);
	const hintFor = (callTo: string) => shown('url', { callTo }).map(({ hint }) => hint);
	expect(hintFor('server')).toEqual([
		expect.stringMatching(/^The full address of your own server/),
	]);
	expect(hintFor('interface')).toEqual([expect.stringMatching(/^The interface of YesApi/)]);
});

it('says to take out the token of an imported cURL command, where headers are sent', () => {
	expect(shown('tokenHeadersNotice', { sendHeaders: true })).toHaveLength(1);
	expect(shown('tokenHeadersNotice', { sendHeaders: false })).toEqual([]);
});

it('has first what most people look for, and units in the labels of times', () => {
	const options = request.properties.find(({ name }) => name === 'options')
		?.options as INodeProperties[];
	const labels = options.map(({ displayName }) => displayName);
	expect(labels.slice(0, 4)).toEqual(['Response', 'Pagination', 'Timeout (Ms)', 'Concurrency']);
	expect(labels.indexOf('Token Expired When')).toBeLessThan(labels.indexOf('Batching'));
	expect(labels).toContain('Timeout (Ms)');
});

it.each(publishedNodes.map(({ description }) => [description.name, description] as const))(
	'%s has a subtitle and actions without articles',
	(_name, { subtitle, properties }) => {
		const operations = properties.find(({ name }) => name === 'operation')?.options ?? [];
		const texts = [subtitle, ...operations.map((one) => ('action' in one ? one.action : ''))];
		for (const text of texts) {
			expect(text).toMatch(/./);
			expect(text).not.toMatch(/\b(an?|the)\b/i);
		}
	},
);
