import { describe, expect, it } from 'vitest';
import type { EventPayload, WorkflowEvent } from '../../src/github/event.ts';
import { decideForPeople } from '../../src/members/steps.ts';

const started = (payload: EventPayload): WorkflowEvent => ({
  name: 'workflow_dispatch',
  ref: 'refs/heads/main',
  payload: { repository: { default_branch: 'main' }, ...payload },
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
      'Plan only: the people or roles come from the event `workflow_dispatch`, so the person who triggered it chose them.',
    ]);
  });

  it('applies for people named in the workflow file, and where `mode: apply` says so', () => {
    expect(decideFor('auto', {}).apply).toBe(true);
    expect(decideFor('apply', { inputs: { email: 'octo@example.com' } }).apply).toBe(true);
  });
});
