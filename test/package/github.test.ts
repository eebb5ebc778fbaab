import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'yaml';

import { ROOT } from '../../host/step';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

interface Workflow {
	env?: Record<string, unknown>;
	permissions: Record<string, string>;
	jobs: Record<
		string,
		{ needs?: string; permissions?: Record<string, string>; steps?: Array<{ run?: string }> }
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
	expect(named.length).toBeGreaterThan(0);
	expect(named.filter((script) => !(script in scripts))).toEqual([]);
});

test.each(workflows)('%s may only read, unless a job says otherwise', (_file, workflow) => {
	expect(workflow.permissions).toEqual({ contents: 'read' });
});

test('the checks are those of .ci/run', () => {
	const checked = [...read('.ci/run').matchAll(/^check (.+)$/gm)].map(([, command]) => command);
	const workflow = workflows.find(([file]) => file.endsWith('checks.yml'))?.[1] as Workflow;
	expect(commandsOf(workflow)).toEqual(expect.arrayContaining(checked));
	expect(read('.ci/run')).toContain('export PROPERTY_RUNS=10000');
	expect(workflow.env).toEqual({ PROPERTY_RUNS: 10000 });
});

test('a release is built when it is packed, and published with provenance', () => {
	expect(scripts['prepack']).toBe('npm run build');
	expect(scripts['release']).toContain('npm publish --provenance');
	// .npmrc turns the scripts of packages off, and with them prepack.
	expect(scripts['release']).toContain('--ignore-scripts=false');
	const workflow = workflows.find(([file]) => file.endsWith('publish.yml'))?.[1] as Workflow;
	expect(workflow.jobs['publish']?.permissions).toMatchObject({ 'id-token': 'write' });
	expect(workflow.jobs['publish']?.needs).toBe('checks');
	expect(commandsOf(workflow)).toContain('npm run release');
});

test.each(['bug.yml', 'idea.yml'])('%s warns not to paste tokens', (file) => {
	expect(read(`.github/ISSUE_TEMPLATE/${file}`)).toContain('Do not paste a secret or a token');
});

describe('the notes of a release', () => {
	let folder = '';

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'token-providers-'));
		mkdirSync(join(folder, '.github'));
		writeFileSync(join(folder, '.github/releaseNotes.mjs'), read('.github/releaseNotes.mjs'));
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.0' }));
		const changelog =
			'# Changelog\n\n## [Unreleased]\n\n- Later\n\n## [1.2.0] - 2026-01-02\n\n### Added\n\n- New\n\n## [1.1.0]\n\n- Old\n';
		writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
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

	test('are none when the tag is of another version', () => {
		const { status, stderr } = notesOf('1.3.0');
		expect(status).toBe(1);
		expect(stderr).toBe('The tag is "1.3.0", and the version in package.json is "1.2.0".\n');
	});
});
