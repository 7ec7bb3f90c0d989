import { describe, expect, it } from 'vitest';
import type { EventPayload, WorkflowEvent } from '../../src/github/event.ts';
import { decideForPeople } from '../../src/members/steps.ts';

const started = (payload: EventPayload): WorkflowEvent => ({
  name: 'workflow_dispatch',
  ref: 'refs/heads/main',
  payload: { repository: { default_branch: 'main' }, ...payload },
});

describe('decideForPeople', () => {
  const decideFor = (mode: 'auto' | 'apply', namedIn: 'files' | 'inputs', payload: EventPayload) => {
    const lines: string[] = [];
    const context = { event: () => started(payload), info: (line: string) => void lines.push(line) };
    return { ...decideForPeople(mode, namedIn, context), lines };
  };
  const withInputs = { inputs: { email: 'octo@example.com' } };

  it('only plans for people who may be inputs of the dispatched workflow', () => {
    const { apply, lines } = decideFor('auto', 'inputs', withInputs);
    expect(apply).toBe(false);
    expect(lines).toEqual([
      'Plan only. The step names people or roles, which the person who triggered `workflow_dispatch` may have chosen.',
    ]);
  });

  it('applies for people in the workflow file or in other files, and where `mode: apply` says so', () => {
    expect(decideFor('auto', 'inputs', {}).apply).toBe(true);
    expect(decideFor('auto', 'files', withInputs).apply).toBe(true);
    expect(decideFor('apply', 'inputs', withInputs).apply).toBe(true);
  });
});
