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

const examples = find('examples/*.yml');
const actions = ['action.yml', ...find('.github/actions/*/action.yml')];
const workflows = [...find('.github/workflows/*.yml'), ...examples];

interface Step {
  uses?: string;
  with?: Record<string, unknown>;
}

interface Workflow {
  permissions?: unknown;
  jobs: Record<string, { 'timeout-minutes'?: number; permissions?: unknown; steps: Step[] }>;
}

/** @returns the lines that use an action of others by anything but a commit with its version behind it */
function unpinned(text: string): string[] {
  const uses = text.match(/^[\s-]*uses:.*$/gm) ?? [];
  const others = uses.filter((line) => !/uses: (\.\/|neon-org-action\/neon-org-action@)/.test(line));
  return others.filter((line) => !/uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
}

describe('the checks themselves', () => {
  it("GitHub's parser complains of what is no workflow", async () => {
    const broken = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    step: []\n';
    expect(await complaints('broken.yml', broken)).toContainEqual(expect.stringContaining("Unexpected value 'step'"));
    const unknown = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: \${{ secret.A }}\n`;
    expect(await complaints('broken.yml', unknown)).toContainEqual(expect.stringContaining('secret'));
  });

  it("GitHub's parser complains of what is no action", () => {
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
  ])('%s: pinned %s', (line, pinned) => {
    expect(unpinned(line)).toEqual(pinned ? [] : [line]);
  });
});

describe.each(workflows)('%s', (file) => {
  const text = read(file);
  const { permissions, jobs } = parse(text) as Workflow;

  it("is understood by GitHub's parser", async () => {
    expect(await complaints(file, text)).toEqual([]);
  });

  it('uses actions of others by their commit, with the version behind it', () => {
    expect(unpinned(text)).toEqual([]);
  });

  it('gives no permission to all jobs, and says which each has', () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toBeTypeOf('object');
  });

  it('limits the time of each job', () => {
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('leaves no token behind in the checkout', () => {
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    for (const { uses, with: inputs } of steps.filter((step) => step.uses?.startsWith('actions/checkout@'))) {
      expect([uses, inputs?.['persist-credentials']]).toEqual([uses, false]);
    }
  });
});

it.each(actions)("%s is understood by GitHub's parser", (file) => {
  expect(actionComplaints(file, read(file))).toEqual([]);
});

it('one action of others has one commit everywhere', () => {
  const uses = workflows.flatMap((file) => [...read(file).matchAll(/uses: ([\w-]+\/[\w-]+)[\w/-]*@([0-9a-f]{40})/g)]);
  const commits = Map.groupBy(uses, ([, action]) => action);
  for (const [action, all] of commits) expect([action, new Set(all.map(([, , sha]) => sha)).size]).toEqual([action, 1]);
});

it.each(examples)('%s is run in act', (file) => {
  const test = file.replace(/^examples\/(.*)\.yml$/, '__tests__/act/$1.act.ts');
  expect([test, existsSync(join(root, test))]).toEqual([test, true]);
});
