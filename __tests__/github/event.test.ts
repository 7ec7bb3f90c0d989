import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestOf, readEvent } from '../../src/github/event.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Sets the variables that the runner sets for an event. */
function startedBy(name: string, ref: string, payload: string | undefined): void {
  const path = join(folder, 'event.json');
  if (payload !== undefined) writeFileSync(path, payload);
  vi.stubEnv('GITHUB_EVENT_NAME', name);
  vi.stubEnv('GITHUB_REF', ref);
  vi.stubEnv('GITHUB_EVENT_PATH', payload === undefined ? undefined : path);
}

const script = `
  import { context } from '@actions/github';
  const { eventName: name, ref, payload } = context;
  console.log(JSON.stringify({ name, ref, payload }));`;

/** The event as `@actions/github` reads it when it is loaded. */
function toolkitsEvent(): unknown {
  const stdout = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  return JSON.parse(stdout);
}

describe('readEvent', () => {
  it.each([
    ['push', 'refs/heads/main', { deleted: false, repository: { default_branch: 'main', fork: false } }],
    ['pull_request', 'refs/pull/7/merge', { action: 'closed', pull_request: { number: 7, merged: true } }],
    ['workflow_dispatch', 'refs/heads/topic', { inputs: { email: 'octo@example.com' } }],
    ['schedule', 'refs/heads/main', undefined],
  ])("reads a %s as GitHub's own toolkit does", (name, ref, payload) => {
    startedBy(name, ref, payload && JSON.stringify(payload));
    expect(readEvent()).toEqual({ name, ref, payload: payload ?? {} });
    expect(readEvent()).toEqual(toolkitsEvent());
  });

  it('fails on a payload that is not JSON', () => {
    startedBy('push', 'refs/heads/main', '{');
    expect(() => readEvent()).toThrow('GITHUB_EVENT_PATH');
  });

  it('reads a payload of null as empty', () => {
    startedBy('push', 'refs/heads/main', 'null');
    expect(readEvent().payload).toEqual({});
  });
});

describe('pullRequestOf', () => {
  const event = (name: string, number: unknown) => ({
    name,
    ref: '',
    payload: { pull_request: { number: number as number } },
  });
  it.each([
    ['pull_request', 7, 7],
    ['pull_request_target', 7, 7],
    ['push', 7, undefined],
    ['pull_request', 0, undefined],
    ['pull_request', '7', undefined],
    ['pull_request', 2 ** 53, undefined],
  ])('finds, in a %s with the number %j, the number %j', (name, number, expected) => {
    expect(pullRequestOf(event(name, number))).toBe(expected);
  });
});
