import { describe, expect, it } from 'vitest';
import type { EventPayload, WorkflowEvent } from '../../src/github/event.ts';
import { type ChosenLifetime, lifetimeFor } from '../../src/keys/chosen-lifetime.ts';

const eventOf =
  (name: string, payload: EventPayload = {}) =>
  (): WorkflowEvent => ({ name, ref: '', payload });
const opened = eventOf('pull_request', { action: 'opened', pull_request: { number: 7 } });

describe('lifetimeFor', () => {
  it.each<[ChosenLifetime, object]>([
    ['job', { kind: 'job' }],
    ['manual', { kind: 'manual', inSecret: true }],
    [{ seconds: 90 }, { kind: 'duration', seconds: 90, inSecret: true }],
    ['pull-request', { kind: 'pull-request', number: 7, inSecret: true }],
  ])('records %j, and that the key is to be stored in a secret', (chosen, lifetime) => {
    expect(lifetimeFor(chosen, true, opened)).toEqual(lifetime);
  });

  it('does not read the event for a lifetime that is independent of it', () => {
    const unreadable = () => {
      throw new Error('not JSON');
    };
    expect(lifetimeFor('manual', false, unreadable)).toEqual({ kind: 'manual', inSecret: false });
  });

  it.each([
    [
      'an event that is not about a pull request',
      eventOf('push'),
      /needs the event .*, but this run was triggered by `push`\.$/,
    ],
    ['an event without the number of its pull request', eventOf('pull_request'), /needs the event/],
    [
      'a closed pull request',
      eventOf('pull_request_target', { action: 'closed', pull_request: { number: 7 } }),
      /^Pull request 7 is closed/,
    ],
  ])('rejects `pull-request` for %s', (_what, event, message) => {
    expect(() => lifetimeFor('pull-request', false, event)).toThrow(message);
  });
});
