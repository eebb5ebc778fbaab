const RESOURCES = ['account', 'config', 'role', 'service', 'governance', 'ops', 'service/schema'];
const NOT_FOR_DEVELOPERS = ['account', 'role'];

export interface Permission {
	resources: Array<{ type: string }>;
	verbs: string[];
}

const allow = (resources: string[], ...verbs: string[]): Permission[] => [
	{ resources: resources.map((type) => ({ type })), verbs },
];

/** What each role may do. */
export const ROLES: Record<string, Permission[]> = {
	admin: allow(RESOURCES, '*'),
	developer: allow(
		RESOURCES.filter((type) => !NOT_FOR_DEVELOPERS.includes(type)),
		'*',
	),
	reader: allow(RESOURCES, 'get'),
};

const VERBS: Record<string, string> = {
	GET: 'get',
	HEAD: 'get',
	POST: 'create',
	PUT: 'update',
	DELETE: 'delete',
};

/** Why these roles may not do this, or `null` if they may. */
export function missingPermission(
	roles: string[],
	resource: string,
	method: string,
): string | null {
	const permissions = roles.flatMap((role) => ROLES[role] ?? []);
	if (permissions.length === 0) return 'role has no any permissions';
	const verb = VERBS[method] ?? '';
	const isAllowed = permissions.some(
		({ resources, verbs }) =>
			resources.some(({ type }) => type === resource) &&
			(verbs.includes('*') || verbs.includes(verb)),
	);
	return isAllowed ? null : `role has no permissions[${resource}:${verb}]`;
}
