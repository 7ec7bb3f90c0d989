import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workflowDispatch } from '../../emulator/events.ts';
import { type GitHubServer, startGitHub } from '../../emulator/github.ts';
import { workflowRun } from '../../emulator/runner.ts';
import { type NeonServer, startNeon } from '../../emulator/server.ts';
import type { StepOutcome } from '../../scripts/smoke/operations.ts';
import { hasPassed, smokeSummary } from '../../scripts/smoke/report.ts';
import { operationNames } from '../../src/inputs/declarations.ts';

const root = join(import.meta.dirname, '../..');
const script = join(root, 'scripts/smoke.ts');
const memberEmail = 'throwaway@example.com';
const files = {
  '.github/CODEOWNERS': '* @octocat\n',
  '.github/smoke-people.yml': readFileSync(join(root, '.github/smoke-people.yml'), 'utf8'),
};

describe('smokeSummary', () => {
  const step: StepOutcome = { operation: 'list-keys', inputs: 'mode: plan', passed: true, log: ['a', 'b'] };
  const findings = [{ question: 'Who?', observed: [{ attempt: 'ask', response: '404: a | `b`' }] }];

  it('reports that all steps passed', () => {
    const report = { steps: [step], findings, leftKeys: [] };
    expect(hasPassed(report)).toBe(true);
    expect(smokeSummary(report)).toMatch(/^### Smoke test against Neon: ✅ steps passed: 1\n/);
    expect(smokeSummary(report)).toMatch(/^\| ask \| <code>404&#8203;&#58;&#8203; a &#124; &#96;b&#96;<\/code> \|$/m);
  });

  it('fails and names a key first that is still active', () => {
    const report = { steps: [step], findings, leftKeys: ['smoke: rights ~gha.a.b-1.j.c'] };
    expect(hasPassed(report)).toBe(false);
    const [title, heading, , key] = smokeSummary(report).split('\n\n');
    expect(title).toBe('### Smoke test against Neon: ❌ keys still active: 1');
    expect([heading, key]).toEqual(['#### Keys that are still active', '- `smoke: rights ~gha.a.b-1.j.c`']);
  });

  it('fails and shows the log of a failed step', () => {
    const report = { steps: [step, { ...step, passed: false }], findings, leftKeys: [] };
    expect(hasPassed(report)).toBe(false);
    const [title, heading, log] = smokeSummary(report).split('\n\n');
    expect(title).toBe('### Smoke test against Neon: ❌ 1 of 2 steps failed');
    expect([heading, log]).toEqual(['#### `list-keys` `mode: plan`', '- `a`\n- `b`']);
  });
});

// Each test starts the services that the next one replaces.
describe('scripts/smoke.ts', { concurrent: false }, () => {
  let neon: NeonServer;
  let github: GitHubServer;
  let folder: string;

  beforeEach(async () => {
    neon = await startNeon({ seed: { users: [{ email: memberEmail }] } });
    github = await startGitHub({ files });
    folder = mkdtempSync(join(tmpdir(), 'neon-org-action-smoke-'));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await Promise.all([neon.close(), github.close()]);
  });

  async function smoke(changes: Record<string, string> = {}) {
    const { name, ref, sha, payload } = workflowDispatch();
    const [event, summary] = [join(folder, 'event.json'), join(folder, 'summary.md')];
    writeFileSync(event, JSON.stringify(payload));
    writeFileSync(summary, '');
    const child = spawn(process.execPath, [script], {
      env: {
        PATH: process.env['PATH'],
        ...workflowRun,
        GITHUB_EVENT_NAME: name,
        GITHUB_EVENT_PATH: event,
        GITHUB_REF: ref,
        GITHUB_SHA: sha,
        GITHUB_API_URL: github.apiUrl,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_TOKEN: github.tokens.default,
        NEON_API_HOST: neon.apiHost,
        NEON_API_KEY: neon.tokens.admin,
        NEON_ORG_ID: neon.organizationId,
        NEON_PROJECT_ID: neon.projectId,
        SMOKE_MEMBER_EMAIL: memberEmail,
        SMOKE_SECRETS_TOKEN: github.tokens.app,
        ...changes,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exit = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    return { exitCode, stdout, stderr, summary: readFileSync(summary, 'utf8') };
  }

  it('runs every operation, answers every question and leaves nothing behind', async () => {
    const before = { keys: neon.liveKeys(), members: neon.state().members };
    const { exitCode, stdout, summary } = await smoke();
    expect(summary).toContain('✅ steps passed: 17');
    expect(exitCode).toBe(0);
    const operations = [...summary.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect([...new Set(operations)].sort()).toEqual([...operationNames].sort());
    expect(summary).not.toContain('unexpected error');
    expect(summary).not.toContain('The invited person is not a member.');
    expect(summary.match(/^#### .*\?$/gm)).toHaveLength(8);
    expect(neon.liveKeys()).toEqual(before.keys);
    expect(neon.state().members).toEqual(before.members);
    expect(github.state().secrets).toEqual([]);
    // Only masking commands contain tokens.
    const visible = stdout.replace(/^::add-mask::.*$/gm, '');
    for (const { token } of neon.state().credentials) expect((visible + summary).includes(token)).toBe(false);
  });

  it('fails and shows the log when an operation fails', async () => {
    neon.faults = [{ operation: 'getOrganization', nth: 1, fault: { type: 'status', status: 403 } }];
    const { exitCode, summary } = await smoke();
    expect(exitCode).toBe(1);
    expect(summary).toContain('1 of 17 steps failed');
    expect(summary).toMatch(/#### `get-organization`\n\n(- .*\n)*- .*403/);
  });

  it('changes nothing in an organization that is not used for tests only', async () => {
    const members = ['a', 'b', 'c'].map((name) => ({ email: `${name}@example.com` }));
    await neon.close();
    neon = await startNeon({ seed: { members, users: [{ email: memberEmail }] } });
    const { exitCode, stderr } = await smoke();
    expect(exitCode).toBe(1);
    expect(stderr).toContain('has 6 members. The smoke test changes members and keys, so use a test organization.');
    expect(neon.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('changes nothing if the account is already a member', async () => {
    const { exitCode, stderr } = await smoke({ SMOKE_MEMBER_EMAIL: 'Linus@example.com' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('is already a member. Use another account.');
    expect(neon.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('names the missing setting', async () => {
    const { exitCode, stderr } = await smoke({ NEON_ORG_ID: '' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('NEON_ORG_ID is not set.');
    expect(neon.requests).toEqual([]);
  });
});
