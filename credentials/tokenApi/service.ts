import type { INodeProperties } from 'n8n-workflow';

import { tokenApiPresets, type TokenApiPreset } from '../../providers';
import { CUSTOM, shownFor } from './shown';

const presets = Object.entries<TokenApiPreset>(tokenApiPresets);

/** The services of which `of` gives the same label, by that label. */
function servicesByLabel(
	of: (preset: TokenApiPreset) => string | undefined,
): Map<string, string[]> {
	const byLabel = new Map<string, string[]>();
	for (const [service, preset] of presets) {
		const label = of(preset);
		if (label !== undefined) byLabel.set(label, [...(byLabel.get(label) ?? []), service]);
	}
	return byLabel;
}

/** One field with the word that each service has for it. */
function labelled(
	of: (preset: TokenApiPreset) => string | undefined,
	property: Omit<INodeProperties, 'displayName'>,
): INodeProperties[] {
	return [...servicesByLabel(of)].flatMap(([displayName, service]) =>
		shownFor({ service }, { ...property, displayName } as INodeProperties),
	);
}

export const serviceProperties: INodeProperties[] = [
	{
		displayName: 'Service',
		name: 'service',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Custom', value: 'custom', description: 'Any service: describe its login below' },
			...presets.map(([value, { displayName }]) => ({ name: displayName, value })),
		],
		default: 'custom',
		description: 'A known service fills in how to log in and where the token goes',
	},
	{
		displayName:
			"This service does not say how long a token is good for. Authenticated Request renews it when it is refused and repeats the call; n8n's HTTP Request node cannot: one call fails there.",
		name: 'untilRefusedNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: {
				service: presets
					.filter(([, { fields }]) => fields.lifetime === 'refusal')
					.map(([service]) => service),
			},
		},
	},
	{
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://api.example.com',
		hint: 'What the addresses of all calls begin with. The token goes to this host only.',
	},
	...shownFor(CUSTOM, {
		displayName: 'Token URL',
		name: 'requestUrl',
		type: 'string',
		noDataExpression: true,
		default: '',
		required: true,
		placeholder: 'e.g. /api/login',
		hint: 'Where to log in: a path below the Base URL, or an absolute URL',
		displayOptions: { show: { jwt: ['none', 'value'] } },
	}),
	...shownFor(CUSTOM, {
		displayName: 'Username',
		name: 'username',
		type: 'string',
		default: '',
		hint: 'The login uses it as {{username}}: a name, an email, a client ID or an app key',
	}),
	...labelled(({ username }) => username ?? 'Username', {
		name: 'username',
		type: 'string',
		default: '',
		required: true,
	}),
	...shownFor(CUSTOM, {
		displayName: 'Password',
		name: 'password',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		hint: 'The login uses it as {{password}}: a password, a client secret or an app secret',
	}),
	...labelled(({ password }) => password ?? 'Password', {
		name: 'password',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
	}),
	...labelled(({ database }) => database, {
		name: 'database',
		type: 'string',
		default: '',
		required: true,
	}),
	...shownFor(
		CUSTOM,
		{
			displayName: 'More Secrets',
			name: 'moreSecrets',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			description: 'Whether the login takes more secrets than the password',
		},
		...[1, 2].flatMap((number) =>
			shownFor(
				{ moreSecrets: [true] },
				{
					displayName: `Name of Value ${number}`,
					name: `value${number}Name`,
					type: 'string',
					noDataExpression: true,
					default: '',
					placeholder: 'e.g. pin',
					hint: 'The login uses the value by this name: {{pin}}',
				},
				{
					displayName: `Value ${number}`,
					name: `value${number}`,
					type: 'string',
					typeOptions: { password: true },
					default: '',
				},
			),
		),
	),
];
