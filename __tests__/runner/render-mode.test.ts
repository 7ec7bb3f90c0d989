import { describe, expect, it } from 'vitest';
import type { EventPayload, WorkflowEvent } from '../../src/github/event.ts';
import { decideMode } from '../../src/runner/mode.ts';
import { decision, planNote } from '../../src/runner/render-mode.ts';
import { merged, pull, repository } from './mode-events.ts';

describe('the explanation of the mode', () => {
  const event = (name: string, ref = 'refs/heads/main', payload: EventPayload = { repository }) => ({
    name,
    ref,
    payload,
  });

  it.each<[WorkflowEvent, string]>([
    [event('schedule'), 'Applying changes. A schedule runs on the default branch.'],
    [event('push'), 'Applying changes. This is a push to the default branch.'],
    [event('workflow_dispatch'), 'Applying changes. The event is `workflow_dispatch` on the default branch.'],
    [pull('closed', merged), 'Applying changes. A pull request was merged into the default branch.'],
    [event(''), 'Plan only. This is not running in GitHub Actions, so there is no event.'],
    [event('issues'), 'Plan only. `mode: auto` does not apply changes on the event `issues`.'],
    [event('push', 'refs/heads/x'), 'Plan only. The event is `push` on a branch other than the default branch.'],
    [event('push', 'refs/heads/main', { repository, deleted: true }), 'Plan only. This push deleted the branch.'],
    [
      event('push', 'refs/heads/main', { repository: { default_branch: 'main' } }),
      'Plan only. This is a push to a fork.',
    ],
    [pull('opened', merged), 'Plan only. The pull request is not merged yet.'],
    [pull('closed', { ...merged, merged: false }), 'Plan only. The pull request was closed without being merged.'],
    [
      pull('closed', { ...merged, base: { ref: 'x' } }),
      'Plan only. The pull request was merged into a branch other than the default branch.',
    ],
  ])('is, for %o: %s', (given, line) => {
    expect(decision(decideMode('auto', given))).toBe(line);
  });

  it('names the input if the input decides', () => {
    expect(decision(decideMode('apply', event('issues')))).toBe('Applying changes. `mode` is `apply`.');
    expect(decision(decideMode('plan', event('push')))).toBe('Plan only. `mode` is `plan`.');
  });

  it('is in the summary of a plan only, without Markdown from the event', () => {
    expect(planNote(decideMode('apply', event('push')))).toBe('');
    const trust = decideMode('auto', event('<b>'));
    expect(planNote(trust)).toBe(
      'This is a plan, so nothing was changed. `mode: auto` does not apply changes on the event `<b>`&#8203;&#46;&#8203;',
    );
  });
});
