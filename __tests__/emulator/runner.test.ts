import { afterEach, describe, expect, it } from 'vitest';
import { pullRequest, push, schedule, type WorkflowEvent, workflowDispatch } from '../../emulator/events.ts';
import { type Job, type JobContext, startJob } from '../../emulator/runner.ts';
import { trustOf } from '../../src/runner/mode.ts';

const open: Job[] = [];
afterEach(() => {
  for (const job of open.splice(0)) job.end();
});

/** The variables that a step of the job sees, and its event's payload. */
async function seen(context: JobContext, env: Record<string, string> = {}) {
  const job = startJob(env, context);
  open.push(job);
  const script = `
    const { readFileSync } = require('node:fs');
    const path = process.env.GITHUB_EVENT_PATH;
    console.log(JSON.stringify({ env: process.env, payload: path ? JSON.parse(readFileSync(path, 'utf8')) : null }));`;
  const run = await job.run(process.execPath, ['-e', script]);
  return { run, ...(JSON.parse(run.stdout) as { env: Record<string, string>; payload: object | null }) };
}

describe('a job of the stand-in for the runner', () => {
  it('passes the event to its steps, with the payload in a file', async () => {
    const event = pullRequest('opened', { number: 7, sha: 'abc', branch: 'feature' });
    const { env, payload } = await seen({ event, apiUrl: 'http://127.0.0.1:1/api/v3' });
    expect(env).toMatchObject({
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_REF_NAME: '7/merge',
      GITHUB_SHA: 'abc',
      GITHUB_BASE_REF: 'main',
      GITHUB_HEAD_REF: 'feature',
      GITHUB_API_URL: 'http://127.0.0.1:1/api/v3',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY_OWNER: 'acme',
    });
    expect(payload).toEqual(event.payload);
  });

  it('has the base branch as the ref of a merged pull request', async () => {
    const { env } = await seen({ event: pullRequest('closed', { number: 7, merged: true }) });
    expect([env['GITHUB_REF'], env['GITHUB_REF_NAME'], env['GITHUB_BASE_REF']]).toEqual([
      'refs/heads/main',
      'main',
      'main',
    ]);
  });

  it('has no event variables without an event', async () => {
    const { env, payload } = await seen({});
    expect(Object.keys(env).filter((name) => /EVENT|REF|SHA/.test(name))).toEqual([]);
    expect(payload).toBeNull();
  });

  it('does not pass its token in the environment, and masks it from the first line', async () => {
    const { run } = await seen({ token: 'not-a-real-token' }, { SAID: 'it is not-a-real-token' });
    expect(run.stdout).toContain('it is not-a-real-token');
    expect(run.log.join('\n')).toContain('it is ***');
    expect(run.stdout.match(/not-a-real-token/g)).toHaveLength(1);
  });

  it('evaluates the defaults of inputs for the token and the API, unless `with:` replaces them', async () => {
    const job = startJob({}, { token: 'not-a-real-token', apiUrl: 'http://127.0.0.1:1' });
    open.push(job);
    let env: Record<string, string> = {};
    const print = {
      NODE_OPTIONS: '--import "data:text/javascript,console.log(JSON.stringify(process.env));process.exit()"',
    };
    const main = async (inputs: Record<string, string>) =>
      JSON.parse((await job.step(inputs).main({ env: print })).stdout);
    env = await main({});
    expect([env['INPUT_GITHUB_TOKEN'], env['INPUT_GITHUB_API_URL']]).toEqual([
      'not-a-real-token',
      'http://127.0.0.1:1',
    ]);
    env = await main({ github_token: 'another' });
    expect(env['INPUT_GITHUB_TOKEN']).toBe('another');
  });
});

describe('decideMode, with emulated events', () => {
  const rows: [event: WorkflowEvent, apply: boolean][] = [
    [push(), true],
    [push({ branch: 'feature' }), false],
    [push({ deleted: true }), false],
    [schedule(), true],
    [workflowDispatch(), true],
    [workflowDispatch({ branch: 'feature' }), false],
    [pullRequest('opened'), false],
    [pullRequest('closed'), false],
    [pullRequest('closed', { merged: true }), true],
    [pullRequest('closed', { merged: true, base: 'release' }), false],
    [pullRequest('closed', { merged: true, event: 'pull_request_target' }), false],
  ];
  it.each(rows)('applies or plans as documented: %j', (event, apply) => {
    expect(trustOf(event).apply).toBe(apply);
  });
});
