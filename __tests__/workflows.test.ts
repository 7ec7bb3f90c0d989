import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionComplaints, complaints } from './github-parser.ts';

const root = join(import.meta.dirname, '..');
const find = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The policy of a key broker is not a workflow; `__tests__/broker/policy/parse.test.ts` reads it. */
const examples = find('examples/*.yml').filter((file) => file !== 'examples/neon-broker-policy.yml');
const actions = ['action.yml', ...find('.github/actions/*/action.yml')];
const workflows = [...find('.github/workflows/*.yml'), ...examples];

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Workflow {
  name?: string;
  on: unknown;
  permissions?: unknown;
  jobs: Record<string, { 'timeout-minutes'?: number; permissions?: unknown; steps: Step[] }>;
}

/** @returns the lines that use another repository's action by anything but a commit followed by its version */
function unpinned(text: string): string[] {
  const uses = text.match(/^[\s-]*uses:.*$/gm) ?? [];
  const others = uses.filter((line) => !/uses: (\.\/|neon-org-action\/neon-org-action@)/.test(line));
  return others.filter((line) => !/uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
}

/**
 * @returns the permissions without a comment about their purpose (zizmor's `undocumented-permissions`); `contents: read`
 * needs none
 */
function undocumentedPermissions(text: string): string[] {
  const granted = text.match(/^ {6}[a-z-]+: (read|write)\b.*$/gm) ?? [];
  return granted.filter((line) => !/ # \S/.test(line) && line.trim() !== 'contents: read');
}

const usedActions = (steps: Step[], action: string) =>
  steps.filter(({ uses }) => uses?.startsWith(`${action}@`)).map((step) => step.with ?? {});

describe('the checks of workflows', () => {
  it("reject an invalid workflow with GitHub's parser", async () => {
    const broken = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    step: []\n';
    expect(await complaints('broken.yml', broken)).toContainEqual(expect.stringContaining("Unexpected value 'step'"));
    const unknown = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: \${{ secret.A }}\n`;
    expect(await complaints('broken.yml', unknown)).toContainEqual(expect.stringContaining('secret'));
  });

  it("reject an invalid action with GitHub's parser", () => {
    const broken = 'name: A\ndescription: B\nruns:\n  using: node24\n  main: a.js\n  after: b.js\n';
    expect(actionComplaints('action.yml', broken)).toContainEqual(expect.stringContaining("Unexpected value 'after'"));
  });

  it.each([
    ['- uses: ./', true],
    ['  uses: neon-org-action/neon-org-action@v1', true],
    ['- uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1', true],
    ['- uses: github/codeql-action/init@3d3c42e5aac5ba805825da76410c181273ba90b1 # v4.36.2', true],
    ['- uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1', false],
    ['- uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7', false],
    ['- uses: actions/checkout@3d3c42e # v7.0.1', false],
    ['- uses: actions/checkout@v7.0.1', false],
    ['- uses: "actions/checkout@v7.0.1"', false],
    ['- uses: actions/checkout@main # v7.0.1', false],
    ['- uses: docker://alpine:3', false],
  ])('decide whether %s is pinned: %s', (line, pinned) => {
    expect(unpinned(line)).toEqual(pinned ? [] : [line]);
  });

  it.each([
    ['      contents: read', true],
    ['      contents: write # pushes a tag', true],
    ['      contents: write', false],
    ['      actions: read', false],
    ['      actions: read #', false],
  ])('decide whether the permission in %s is documented: %s', (line, documented) => {
    expect(undocumentedPermissions(`    permissions:\n${line}\n`)).toEqual(documented ? [] : [line]);
  });
});

describe.each(workflows)('%s', (file) => {
  const text = read(file);
  const { name, on, permissions, jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it("is accepted by GitHub's parser", async () => {
    expect(await complaints(file, text)).toEqual([]);
  });

  it('has a name', () => {
    expect(name).toMatch(/\S/);
  });

  it('pins actions of other repositories to a commit, with the version in a comment', () => {
    expect(unpinned(text)).toEqual([]);
  });

  it('grants permissions to each job and none to the workflow', () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toBeTypeOf('object');
  });

  it('documents the purpose of each permission', () => {
    expect(undocumentedPermissions(text)).toEqual([]);
  });

  it('has a time limit for each job', () => {
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('does not run with the secrets of the repository on events that outsiders control', () => {
    const events = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on as object);
    const outsiders = ['pull_request_target', 'workflow_run', 'issue_comment', 'issues', 'discussion'];
    expect(events.filter((event) => outsiders.includes(event))).toEqual([]);
  });

  it('passes values to scripts as variables, never as expressions in the script', () => {
    expect(steps.map(({ run = '' }) => run).filter((run) => run.includes('${{'))).toEqual([]);
  });

  it('never passes on all secrets at once', () => {
    expect(text).not.toMatch(/toJSON\(\s*secrets\s*\)|secrets: inherit/i);
  });

  it('keeps no token in the checkout', () => {
    for (const inputs of usedActions(steps, 'actions/checkout')) expect(inputs['persist-credentials']).toBe(false);
  });

  it('requests single permissions of a GitHub App, and revokes its token', () => {
    for (const inputs of usedActions(steps, 'actions/create-github-app-token')) {
      expect(Object.keys(inputs).filter((input) => input.startsWith('permission-'))).not.toEqual([]);
      expect(inputs).not.toHaveProperty('skip-token-revoke');
    }
  });
});

it('release.yml does not use a cache that other workflows can write', () => {
  const { jobs } = parse(read('.github/workflows/release.yml')) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const nodes = usedActions(steps, 'actions/setup-node');
  expect(nodes).not.toEqual([]);
  for (const inputs of nodes) expect([inputs['package-manager-cache'], inputs['cache']]).toEqual([false, undefined]);
  expect(steps.filter(({ uses }) => uses?.startsWith('actions/cache'))).toEqual([]);
});

it.each(actions)("%s is accepted by GitHub's parser", (file) => {
  expect(actionComplaints(file, read(file))).toEqual([]);
});

it('all workflows pin each action of another repository to the same commit', () => {
  const uses = workflows.flatMap((file) => [...read(file).matchAll(/uses: ([\w-]+\/[\w-]+)[\w/-]*@([0-9a-f]{40})/g)]);
  const commits = Map.groupBy(uses, ([, action]) => action);
  for (const [action, all] of commits) expect([action, new Set(all.map(([, , sha]) => sha)).size]).toEqual([action, 1]);
});

it.each(examples)('%s runs in act', (file) => {
  const test = file.replace(/^examples\/(.*)\.yml$/, '__tests__/act/$1.act.ts');
  expect([test, existsSync(join(root, test))]).toEqual([test, true]);
});

it('.ci/run runs every command that README suggests', () => {
  const blocks = [...read('README.md').matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text);
  const lines = blocks.flatMap((text) => text.split('\n')).map((line) => line.replace(/\s+#.*$/, ''));
  const commands = lines.flatMap((line) => line.split(' && ')).filter((command) => command !== '');
  expect(commands).not.toEqual([]);
  const run = read('.ci/run').split('\n');
  const missing = commands.filter(
    (command) => !run.some((line) => line === command || line.startsWith(`${command} -- `)),
  );
  expect(missing).toEqual([]);
});
