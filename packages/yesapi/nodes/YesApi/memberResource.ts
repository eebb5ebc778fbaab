import { createHash } from 'node:crypto';

import type { YesApiCredentials } from '../../vendor';
import { shownFor } from '../../../kit/fields';
import { dataOf, member, type Resource } from '../../../kit/operation';
import type { Parameters } from '../../../kit/parameters';
import { interfaceCall } from './interfaceCall';
import { sessionFields, sessionOf } from './session';

/** The interfaces `App.User.Login`, `.Logout`, `.Profile` and `.Register`. */
export const memberResource: Resource<YesApiCredentials> = {
	name: 'Member',
	about: 'A member is a user of the app of this account.',
	isSigned: true,
	secretOperations: ['login'],
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['member'] } },
			options: [
				{
					name: 'Get Profile',
					value: 'getProfile',
					action: 'Get the profile of a member',
					description: 'Retrieve the profile of a member who is logged in',
				},
				{
					name: 'Log In',
					value: 'login',
					action: 'Log in a member',
					description: 'Get the UUID and the session token of a member',
				},
				{
					name: 'Log Out',
					value: 'logout',
					action: 'Log out a member',
					description: 'End the session of a member',
				},
				{
					name: 'Register',
					value: 'register',
					action: 'Register a member',
					description: 'Create a new member',
				},
			],
			default: 'login',
		},
		...shownFor(
			'member',
			['login', 'register'],
			{
				displayName: 'Username',
				name: 'username',
				type: 'string',
				default: '',
				required: true,
				description: 'The account of the member: at most 50 characters',
			},
			{
				displayName: 'Password',
				name: 'password',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				required: true,
				description:
					'As the member types it. YesApi is sent its MD5 hash, as its interface demands.',
			},
		),
		...shownFor('member', ['register'], {
			displayName: 'Further Fields (JSON)',
			name: 'extInfo',
			type: 'json',
			default: '{}',
			description: 'What else is kept of the member, by the names of the fields',
		}),
		...shownFor('member', ['getProfile', 'logout'], ...sessionFields),
	],
	operations: {
		getProfile: (parameters, credentials) => ({
			...interfaceCall(credentials, 'App.User.Profile', sessionOf(parameters)),
			output: (response) => member(response, 'data', 'info') ?? dataOf(response),
		}),
		login: (parameters, credentials) => ({
			...interfaceCall(credentials, 'App.User.Login', {
				username: parameters.text('username'),
				password: hashed(parameters),
			}),
			output: dataOf,
		}),
		logout: (parameters, credentials) => ({
			...interfaceCall(credentials, 'App.User.Logout', sessionOf(parameters)),
			output: () => ({ success: true }),
		}),
		register: (parameters, credentials) => {
			const extInfo = parameters.jsonObject('extInfo');
			return {
				...interfaceCall(credentials, 'App.User.Register', {
					username: parameters.text('username'),
					password: hashed(parameters),
					ext_info: Object.keys(extInfo).length === 0 ? undefined : extInfo,
				}),
				output: dataOf,
			};
		},
	},
};

/** The interface takes a password as lower-case hex MD5. */
const hashed = (parameters: Parameters) =>
	createHash('md5').update(parameters.secretText('password')).digest('hex');
