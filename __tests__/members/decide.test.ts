import { describe, expect, it } from 'vitest';
import type { EventPayload, WorkflowEvent } from '../../src/github/event.ts';
import { comesWithEvent, decideForPeople } from '../../src/members/decide.ts';

const started = (payload: EventPayload): WorkflowEvent => ({
  name: 'workflow_dispatch',
  ref: 'refs/heads/main',
  payload: { repository: { default_branch: 'main' }, ...payload },
});

describe('comesWithEvent', () => {
  it.each<[string, EventPayload, boolean]>([
    ['an input that is the address', { inputs: { email: 'Octo@example.com' } }, true],
    ['an input that lists addresses', { inputs: { emails: 'a@example.com\nocto@example.com, b@example.com' } }, true],
    ['an input that is the role', { inputs: { role: 'admin' } }, true],
    ['a nested value of a repository_dispatch', { client_payload: { who: [{ mail: 'octo@example.com' }] } }, true],
    ['another address', { inputs: { email: 'not-octo@example.com' } }, false],
    ['an address in a commit', { head_commit: { author: { email: 'octo@example.com' } } } as EventPayload, false],
    ['no inputs', { inputs: null }, false],
  ])('%s: %j', (_case, payload, comes) => {
    expect(comesWithEvent(['octo@example.com', undefined, 'admin'], payload)).toBe(comes);
  });
});

describe('decideForPeople', () => {
  const decideFor = (mode: 'auto' | 'apply', payload: EventPayload) => {
    const lines: string[] = [];
    const context = { event: () => started(payload), info: (line: string) => void lines.push(line) };
    return { ...decideForPeople(mode, ['octo@example.com'], context), lines };
  };

  it('only plans for people chosen by the person who started the workflow', () => {
    const { apply, lines } = decideFor('auto', { inputs: { email: 'octo@example.com' } });
    expect(apply).toBe(false);
    expect(lines).toEqual([
      'Plan only: the people or roles come with the workflow_dispatch, so the person who started it chose them.',
    ]);
  });

  it('applies for people named in the workflow file, and where `mode: apply` says so', () => {
    expect(decideFor('auto', {}).apply).toBe(true);
    expect(decideFor('apply', { inputs: { email: 'octo@example.com' } }).apply).toBe(true);
  });
});
