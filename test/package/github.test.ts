import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'yaml';

import { ROOT } from '../../host/step';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

interface Workflow {
	permissions: Record<string, string>;
	jobs: Record<
		string,
		{
			needs?: string;
			permissions?: Record<string, string>;
			steps?: Array<{ run?: string; uses?: string }>;
		}
	>;
}

const files = readdirSync(join(ROOT, '.github'), { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.yml'))
	.map((file) => join('.github', file));
const workflows = files
	.filter((file) => file.startsWith('.github/workflows/'))
	.map((file) => [file, parse(read(file)) as Workflow] as const);

/** What a workflow runs, line by line. */
const commandsOf = ({ jobs }: Workflow) =>
	Object.values(jobs).flatMap(({ steps = [] }) =>
		steps.flatMap(({ run }) => run?.split('\n') ?? []),
	);

test.each(files)('%s can be read', (file) => {
	expect(parse(read(file))).toEqual(expect.any(Object));
});

test.each(workflows)('%s runs scripts that exist', (_file, workflow) => {
	const named = commandsOf(workflow).flatMap((command) => {
		const [, script] = /npm (?:run )?(?:--silent )?([\w:]+)/.exec(command) ?? [];
		return script === undefined || ['ci', 'audit'].includes(script) ? [] : [script];
	});
	expect(named.filter((script) => !(script in scripts))).toEqual([]);
});

test.each(workflows)('%s may only read, unless a job says otherwise', (_file, workflow) => {
	expect(workflow.permissions).toEqual({ contents: 'read' });
});

test('the checks are those of .ci/run, whose parts are one job each', () => {
	const run = read('.ci/run');
	const parts = [...run.matchAll(/^part_(\w+)\(\)/gm)].map(([, part]) => part);
	expect(run).toContain(`set -- ${parts.join(' ')}\n`);
	const workflow = workflows.find(([file]) => file.endsWith('checks.yml'))?.[1] as Workflow;
	const started = commandsOf(workflow).filter((command) => command.startsWith('.ci/run'));
	expect(started).toEqual(parts.map((part) => `.ci/run ${part}`));
	const named = [...run.matchAll(/^\tcheck npm (?:run )?([\w:]+)/gm)].map(([, name]) => name);
	expect(named.length).toBeGreaterThan(6);
	expect(named.filter((name = '') => !(name in scripts))).toEqual([]);
});

test.each(workflows)('%s takes an action by the hash of its commit', (_file, { jobs }) => {
	const uses = Object.values(jobs).flatMap(({ steps = [] }) =>
		steps.flatMap((step) => step.uses ?? []),
	);
	expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

describe('the subjects of commits', () => {
	let folder = '';

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'token-providers-'));
	});

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	/** What the check says of a history of these. */
	const checked = (...subjects: Array<[date: string, subject: string]>) => {
		const history = mkdtempSync(join(folder, 'history-'));
		const git = (args: string[], env = {}) =>
			spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
				cwd: history,
				env: { ...process.env, ...env },
			});
		git(['init', '--quiet']);
		for (const [date, subject] of subjects) {
			git(['commit', '--allow-empty', '--quiet', '-m', subject], { GIT_AUTHOR_DATE: date });
		}
		const { status, stdout } = spawnSync('bash', [join(ROOT, '.ci/commits'), '2027-01-01T00:00'], {
			cwd: history,
			encoding: 'utf8',
		});
		return { status, stdout };
	};

	const longest = `fix(tokens): ${'x'.repeat(59)}`;

	test('are short and of the form that Conventional Commits has', () => {
		expect(longest).toHaveLength(72);
		const good = checked(['2027-01-02T00:00Z', longest], ['2027-01-02T00:00Z', 'feat!: leave']);
		expect(good).toEqual({ status: 0, stdout: '' });
		expect(checked(['2027-01-02T00:00Z', `${longest}x`])).toEqual({
			status: 1,
			stdout: `Longer than 72 characters:\n${longest}x\n`,
		});
		expect(checked(['2027-01-02T00:00Z', 'Leave'], ['2027-01-03T00:00Z', 'fix: stay'])).toEqual({
			status: 1,
			stdout: 'Not of the form "type(scope): what it does":\nLeave\n',
		});
	});

	test('may be anything in commits older than the rule', () => {
		expect(checked(['2026-12-31T23:59Z', 'Whatever']).status).toBe(0);
	});
});

test('a release is built when it is packed, and published with provenance', () => {
	expect(scripts['prepack']).toBe('npm run build');
	expect(scripts['release']).toContain('npm publish --provenance');
	// Whoever publishes may have the scripts of packages switched off, and with them prepack.
	expect(scripts['release']).toContain('--ignore-scripts=false');
	const workflow = workflows.find(([file]) => file.endsWith('publish.yml'))?.[1] as Workflow;
	expect(workflow.jobs['publish']?.permissions).toMatchObject({ 'id-token': 'write' });
	expect(workflow.jobs['publish']?.needs).toBe('checks');
	expect(commandsOf(workflow)).toContain('npm run release');
});

test('the package of one vendor is released by a tag of its own, with provenance', () => {
	const workflow = workflows.find(([file]) => file.endsWith('publish.yml'))?.[1] as Workflow & {
		on: { push: { tags: string[] } };
	};
	expect(workflow.on.push.tags).toContain('*-v[0-9]+.[0-9]+.[0-9]+*');
	expect(commandsOf(workflow)).toContain('npm run release:package -- "$GITHUB_REF_NAME"');
	expect(read('.github/releasePackage.mjs')).toMatch(
		/'publish', '--provenance'.*'--ignore-scripts=false'/,
	);
	const { status, stderr } = spawnSync('node', ['.github/releasePackage.mjs', 'nobody-v1.0.0'], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	expect([status, stderr]).toEqual([
		1,
		'There is no package of one vendor with the tag "nobody-v1.0.0".\n',
	]);
});

test.each(['bug.yml', 'idea.yml'])('%s warns not to paste tokens', (file) => {
	expect(read(`.github/ISSUE_TEMPLATE/${file}`)).toContain('Do not paste a secret or a token');
});

describe('the notes of a release', () => {
	let folder = '';

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'token-providers-'));
		mkdirSync(join(folder, '.github'));
		for (const script of ['releaseNotes.mjs', 'releasedPackage.mjs']) {
			writeFileSync(join(folder, '.github', script), read(`.github/${script}`));
		}
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.0' }));
		const changelog =
			'# Changelog\n\n## [Unreleased]\n\n- Later\n\n## [1.2.0] - 2026-01-02\n\n### Added\n\n- New\n\n## [1.1.0]\n\n- Old\n';
		writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
		const vendors = join(folder, 'packages', 'maxus');
		mkdirSync(vendors, { recursive: true });
		writeFileSync(join(vendors, 'package.json'), JSON.stringify({ version: '1.0.3' }));
		writeFileSync(join(vendors, 'CHANGELOG.md'), '# Changelog\n\n## [1.0.3]\n\n- Of Maxus\n');
	});

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	const notesOf = (tag: string) => {
		const script = join(folder, '.github/releaseNotes.mjs');
		const { status, stdout, stderr } = spawnSync(process.execPath, [script, tag], {
			encoding: 'utf8',
		});
		return { status, stdout, stderr };
	};

	test('are what the changelog says of this version', () => {
		expect(notesOf('1.2.0')).toEqual({ status: 0, stdout: '### Added\n\n- New\n', stderr: '' });
	});

	test('of the package of one vendor are what its own changelog says', () => {
		expect(notesOf('maxus-v1.0.3')).toEqual({ status: 0, stdout: '- Of Maxus\n', stderr: '' });
		expect(notesOf('maxus-v1.2.0').stderr).toBe(
			'The tag is "maxus-v1.2.0", and the version in package.json is "1.0.3".\n',
		);
		expect(notesOf('nobody-v1.2.0').status).toBe(1);
	});

	test('are none when the tag is of another version', () => {
		const { status, stderr } = notesOf('1.3.0');
		expect(status).toBe(1);
		expect(stderr).toBe('The tag is "1.3.0", and the version in package.json is "1.2.0".\n');
	});
});
