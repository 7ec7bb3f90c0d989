import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventPayload, WorkflowEvent } from '../../src/github/event.ts';
import { decideMode, hasChosenTexts, trustOf } from '../../src/runner/mode.ts';
import { merged, onMain, pull, repository } from './mode-events.ts';

describe('events that `mode: auto` applies', () => {
  it.each<[string, WorkflowEvent]>([
    ['a push to the default branch', { name: 'push', ...onMain }],
    ['a schedule', { name: 'schedule', ...onMain }],
    ['a schedule whose payload says nothing', { name: 'schedule', ref: 'refs/heads/main', payload: {} }],
    ['a workflow_dispatch on the default branch', { name: 'workflow_dispatch', ...onMain }],
    ['a repository_dispatch', { name: 'repository_dispatch', ...onMain }],
    ['a workflow_run', { name: 'workflow_run', ...onMain }],
    ['a pull request merged into the default branch', pull('closed', merged)],
    [
      'a default branch of another name',
      {
        name: 'push',
        ref: 'refs/heads/release/2.x',
        payload: { repository: { default_branch: 'release/2.x', fork: false } },
      },
    ],
  ])('include %s', (_what, event) => {
    expect(trustOf(event).apply).toBe(true);
  });
});

describe('events that `mode: auto` only plans', () => {
  it.each<[string, WorkflowEvent]>([
    ['a push to another branch', { name: 'push', ref: 'refs/heads/feature', payload: { repository } }],
    ['a push of a tag with the name of the branch', { name: 'push', ref: 'refs/tags/main', payload: { repository } }],
    ['a push that deletes', { name: 'push', ...onMain, payload: { repository, deleted: true } }],
    ['a push to a fork', { name: 'push', ...onMain, payload: { repository: { ...repository, fork: true } } }],
    [
      'a push whose payload does not say whether it is a fork',
      { name: 'push', ref: 'refs/heads/main', payload: { repository: { default_branch: 'main' } } },
    ],
    [
      'a push without a default branch',
      { name: 'push', ref: 'refs/heads/', payload: { repository: { default_branch: '', fork: false } } },
    ],
    ['a push without a payload', { name: 'push', ref: 'refs/heads/undefined', payload: {} }],
    [
      'a workflow_dispatch on another branch',
      { name: 'workflow_dispatch', ref: 'refs/heads/x', payload: { repository } },
    ],
    ['a workflow_run elsewhere', { name: 'workflow_run', ref: 'refs/heads/x', payload: { repository } }],
    ['a repository_dispatch elsewhere', { name: 'repository_dispatch', ref: 'refs/heads/x', payload: { repository } }],
    ['a pull request that is opened', pull('opened', { ...merged, merged: false })],
    ['a pull request that says it is merged before it is closed', pull('labeled', merged)],
    ['a pull request that is closed', pull('closed', { ...merged, merged: false })],
    ['a pull request merged into another branch', pull('closed', { ...merged, base: { ref: 'feature' } })],
    ['a merged pull request without a base', pull('closed', { merged: true })],
    ['a merged pull request, default branch unknown', pull('closed', merged, { repository: {} })],
    ['a merged pull request, both unknown', pull('closed', { merged: true, base: {} }, { repository: {} })],
    ['a merged pull_request_target', { ...pull('closed', merged), name: 'pull_request_target' }],
    ['no event', { name: '', ...onMain }],
  ])('include %s', (_what, event) => {
    expect(trustOf(event).apply).toBe(false);
  });

  // GitHub's documentation, "Events that trigger workflows": all that are not named above.
  it.each(
    // biome-ignore format: one list
    ['branch_protection_rule', 'check_run', 'check_suite', 'create', 'delete', 'deployment', 'deployment_status', 'discussion',
      'discussion_comment', 'fork', 'gollum', 'image_version', 'issue_comment', 'issues', 'label', 'merge_group', 'milestone',
      'page_build', 'pull_request_comment', 'pull_request_review', 'pull_request_review_comment', 'pull_request_target',
      'public', 'registry_package', 'release', 'status', 'watch', 'workflow_call', 'toString', '__proto__'],
  )('include %s with any payload', (name) => {
    for (const action of ['closed', 'completed', 'published', undefined]) {
      const payload = { repository, pull_request: merged, ...(action === undefined ? {} : { action }) };
      expect(trustOf({ name, ref: 'refs/heads/main', payload }).apply).toBe(false);
    }
  });
});

it('labels, actors and other parts of the payload do not affect the mode', () => {
  const event = fc.record({
    name: fc.constantFrom('push', 'pull_request', 'pull_request_target', 'issue_comment', 'workflow_dispatch'),
    ref: fc.constantFrom('refs/heads/main', 'refs/heads/x', 'refs/pull/1/merge'),
    payload: fc.constantFrom<EventPayload>({ repository }, { repository, action: 'closed', pull_request: merged }),
  });
  fc.assert(
    fc.property(event, fc.dictionary(fc.string(), fc.jsonValue()), (plain, noise) => {
      const payload = { ...noise, ...plain.payload, ...('action' in plain.payload ? {} : { action: undefined }) };
      expect(trustOf({ ...plain, payload: { ...payload, deleted: false } as EventPayload })).toEqual(trustOf(plain));
    }),
  );
});

describe('the mode', () => {
  const trusted: WorkflowEvent = { name: 'push', ...onMain };
  const untrusted: WorkflowEvent = { name: 'issues', ...onMain };

  it.each([
    ['auto', trusted, true],
    ['auto', untrusted, false],
    ['plan', trusted, false],
    ['plan', untrusted, false],
    ['apply', trusted, true],
    ['apply', untrusted, true],
  ] as const)('applies or plans with mode %s on %o', (mode, event, apply) => {
    expect(decideMode(mode, event).apply).toBe(apply);
  });
});

describe('hasChosenTexts', () => {
  const dispatch = (payload: EventPayload): WorkflowEvent => ({ name: 'workflow_dispatch', ...onMain, payload });

  it.each<[string, WorkflowEvent, boolean]>([
    ['a workflow_dispatch with an input', dispatch({ inputs: { email: 'octo@example.com' } }), true],
    ['a workflow_dispatch with an input that names no one', dispatch({ inputs: { dry_run: 'false' } }), true],
    [
      'a workflow_dispatch with an empty input, which may stand for a default',
      dispatch({ inputs: { email: '' } }),
      true,
    ],
    ['a workflow_dispatch without inputs', dispatch({ inputs: null }), false],
    ['a workflow_dispatch with no inputs set', dispatch({ inputs: {} }), false],
    ['a repository_dispatch with a payload', dispatch({ client_payload: { who: [{ mail: 'x' }] } }), true],
    ['a repository_dispatch with an empty payload', dispatch({ client_payload: {} }), false],
    ['a payload that is a text', dispatch({ client_payload: 'octo@example.com' as never }), true],
    ['a workflow_run, whose branch and commit may be of a fork', { name: 'workflow_run', ...onMain }, true],
    ['a schedule', { name: 'schedule', ...onMain }, false],
    ['a push', { name: 'push', ...onMain }, false],
    ['a merged pull request, whose author chose its title', pull('closed', merged), true],
  ])('%s', (_case, event, has) => {
    expect(hasChosenTexts(event)).toBe(has);
  });
});
