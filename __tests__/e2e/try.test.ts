import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationNames } from '../../src/inputs/declarations.ts';

const root = join(import.meta.dirname, '../..');
const script = join(root, 'scripts/try.ts');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'neon-org-action-try-'));
  writeFileSync(join(folder, 'owners'), '* @grace\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `npm run try -- <args>`. The arguments are split like in a shell, but only with single quotes. */
function run(args: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const words = [...args.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...words], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

const page = readFileSync(join(root, 'docs/offline.md'), 'utf8');
const documented = [...page.matchAll(/npm run try -- ([^`\n]+)/g)].map(([, args = '']) => args);

describe.concurrent('the commands of docs/offline.md', () => {
  it('run every operation', () => {
    expect(new Set(documented.map((args) => args.split(' ')[0]))).toEqual(new Set(operationNames));
  });

  it.each(documented)('run as documented: %s', async (args) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`${args.split(' ')[0]} on `);
    expect(stdout).toMatch(/\nRequests\n {2}Neon: \w+/);
    expect(stdout).not.toMatch(/neon_emulated_|ghs_emulated_/);
  });
});

describe.concurrent('npm run try', () => {
  it('runs the post step and shows the log, the outputs, the summary and the requests', async () => {
    const { stdout } = await run('create-key key_name=mine');
    expect(stdout).toMatch(/"mine ~gha\./);
    expect(stdout).toContain('  api_key: ***\n');
    expect(stdout.split('Job summary')).toHaveLength(3);
    expect(stdout).toContain('\nPost\n');
    expect(stdout).toContain('  Neon: createOrgApiKey 200, revokeOrgApiKey 200');
  });

  it('repeats a run on the same services', async () => {
    const { stdout } = await run('invite emails=dorothy@example.com --times 2');
    expect(stdout.match(/createOrganizationInvitations 200/g)).toHaveLength(1);
    expect(stdout.match(/^invite on push$/gm)).toHaveLength(2);
  });

  it('plans on an open pull request, with the files of its branch', async () => {
    const planned = await run('sync-invitations --event pull_request --file .github/CODEOWNERS=owners');
    expect(planned.stdout).toContain('  invited_count: 0\n');
    expect(planned.stdout).not.toContain('octo@example.com');
    const applied = await run('sync-invitations');
    expect(applied.stdout).toContain('  invited_count: 1\n');
  });

  it('deletes a file that is given without a local file', async () => {
    const { exitCode, stdout } = await run('sync-invitations --file .github/CODEOWNERS=');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/Error: .*CODEOWNERS/);
  });

  it('applies a fault to the first call', async () => {
    const { exitCode, stdout } = await run('create-key --fault createOrgApiKey=drop-after');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'Neon: createOrgApiKey no response, listOrgApiKeys 200, revokeOrgApiKey 200, createOrgApiKey',
    );
    const github = await run(`rotate-key secret_name=A --fault 'getRepoPublicKey={"type":"status","status":404}'`);
    expect(github.stdout).toContain('getRepoPublicKey 404');
  });

  it('exits with the exit code of the step', async () => {
    expect((await run('create-key lifetime=never')).exitCode).toBe(1);
  });

  it.each([
    ['', 'The operation is missing.'],
    ['create-keys', 'Unknown operation: create-keys. Did you mean create-key?'],
    ['create-key key_nme=x', 'Unknown input: key_nme. Did you mean key_name?'],
    ['create-key key_name', '"key_name" is not in the form <input>=<value>.'],
    ['create-key --event pull', 'Unknown event: pull. Did you mean push?'],
    ['create-key --evnt push', "Unknown option '--evnt'"],
    ['create-key --file CODEOWNERS', '"CODEOWNERS" is not in the form <path>=<file>.'],
    ['create-key --file CODEOWNERS=missing', 'The file missing for CODEOWNERS does not exist.'],
    ['create-key --fault createKey=cut', 'Unknown call: createKey. Did you mean createApiKey?'],
    ['create-key --fault createOrgApiKey=burn', 'The fault of createOrgApiKey is invalid: Unknown fault: burn.'],
    ["create-key --fault 'createOrgApiKey={'", 'The fault of createOrgApiKey is invalid: '],
    ['create-key --times 0', '--times must be a number from 1 to 99, not 0.'],
  ])('rejects "%s" and shows its usage', async (args, message) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('\nUsage: npm run try -- <operation>');
  });
});
