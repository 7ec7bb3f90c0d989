import type { EventPayload, WorkflowEvent } from '../../src/github/event.ts';

export const repository = { default_branch: 'main', fork: false };
export const onMain = { ref: 'refs/heads/main', payload: { repository } };
export const merged = { number: 7, merged: true, base: { ref: 'main' } };

export function pull(
  action: string,
  pull_request: NonNullable<EventPayload['pull_request']>,
  more: EventPayload = {},
): WorkflowEvent {
  return { name: 'pull_request', ref: 'refs/heads/main', payload: { repository, action, pull_request, ...more } };
}
