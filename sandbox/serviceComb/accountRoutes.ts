import { json } from '../respond';
import type { Answer } from '../types';
import type { ServiceCombAccounts } from './accounts';
import { clientAddress } from './clientAddress';
import { readGoJson } from './goJson';
import type { LoginLock } from './loginLock';
import { ROLES } from './permissions';
import { refused } from './refusals';
import { done, type Route, type RouteCall } from './routes';

const ROOT = 'root';
const ACCOUNT = {
	name: 'string',
	password: 'string',
	currentPassword: 'string',
	roles: '[]string',
} as const;

/** The routes an engine has only with security switched on; `accounts` is what they work on. */
export function accountRoutes(accounts: ServiceCombAccounts, lock: LoginLock): Route[] {
	const shown = (name: string) => ({ name, roles: accounts[name]?.roles ?? [], status: 'active' });

	function selfPermissions({ caller }: RouteCall): Answer {
		// Without a token the caller is unknown, as in an engine that is half open.
		if (caller === '') return refused(401201, 'list self permissions failed');
		const roles = accounts[caller]?.roles ?? [];
		if (roles.some((role) => !ROLES[role])) return refused(500003, 'role not exist');
		return json(200, { perms: roles.flatMap((role) => ROLES[role] ?? []) });
	}

	function create({ content }: RouteCall): Answer {
		const given = readGoJson(content, 'Account', ACCOUNT);
		if (typeof given === 'string') return refused(400001, given);
		const { name, password, roles } = given;
		if (name === '') return invalid('Name', name);
		if (roles.length === 0) return invalid('Roles', '[]');
		if (password.length < 8) return refused(400001, "field 'Account.Password' does not match rule");
		if (roles.some((role) => !ROLES[role])) return refused(400202, 'role not exist');
		if (Object.hasOwn(accounts, name)) return refused(409200, 'account is duplicated');
		accounts[name] = { password, roles };
		return done();
	}

	function list(): Answer {
		const data = Object.keys(accounts).map(shown);
		return json(200, { total: data.length, data });
	}

	/** Why an account cannot be worked on by this caller, or `null` if it can. */
	function outOfReach({ parameters: { name = '' }, caller }: RouteCall): Answer | null {
		if (name === ROOT) return refused(403202, 'root can not be operated');
		if (name === caller) return refused(403204, 'your account can not be operated');
		return unknown(name);
	}

	function unknown(name: string): Answer | null {
		if (Object.hasOwn(accounts, name)) return null;
		return refused(400200, `account [${name}] not exist`);
	}

	function get({ parameters: { name = '' } }: RouteCall): Answer {
		return unknown(name) ?? json(200, shown(name));
	}

	function update(call: RouteCall): Answer {
		const given = readGoJson(call.content, 'Account', ACCOUNT);
		if (typeof given === 'string') return refused(400001, given);
		const { name = '' } = call.parameters;
		const account = accounts[name];
		const wrong = outOfReach(call);
		if (wrong || !account) return wrong ?? refused(500003);
		if (given.roles.some((role) => !ROLES[role])) return refused(400202, 'role not exist');
		account.roles = given.roles;
		return done();
	}

	function remove(call: RouteCall): Answer {
		const wrong = outOfReach(call);
		if (!wrong) delete accounts[call.parameters['name'] ?? ''];
		return wrong ?? done();
	}

	function changePassword({
		content,
		parameters: { name = '' },
		caller,
		roles,
		headers,
		address,
	}: RouteCall): Answer {
		const given = readGoJson(content, 'Account', ACCOUNT);
		if (typeof given === 'string') return refused(400001, given);
		const account = accounts[name];
		if (!account) return unknown(name) ?? refused(500003);
		if (name === caller && account.password !== given.currentPassword) {
			const key = `${name}::${clientAddress(headers, address)}`;
			if (lock.isLocked(key)) return refused(403201);
			// A wrong one counts as a wrong login.
			lock.noteFailure(key);
			return refused(401207);
		}
		if (name !== caller && !roles.includes('admin')) {
			return refused(403001, 'can not change other account password');
		}
		account.password = given.password;
		return done();
	}

	return [
		{ pattern: '/v4/self-perms', methods: { GET: selfPermissions } },
		{ pattern: '/v4/accounts', resource: 'account', methods: { GET: list, POST: create } },
		{
			pattern: '/v4/accounts/:name',
			resource: 'account',
			methods: { GET: get, PUT: update, DELETE: remove },
		},
		{ pattern: '/v4/accounts/:name/password', methods: { POST: changePassword } },
	];
}

function invalid(field: string, value: string): Answer {
	const rule = 'does not match rule: {Min: 1, Max: 64}';
	return refused(400001, `field 'Account.${field}' invalid value '${value}' ${rule}`);
}
