import { pullRequestOf, type WorkflowEvent } from '../github/event.ts';
import { oneLine } from '../lib/text.ts';
import type { Lifetime } from './name.ts';

/** The value of the input `lifetime`. */
export type ChosenLifetime = 'job' | 'pull-request' | 'manual' | { seconds: number };

/**
 * Turns the input `lifetime` into what the name of the key records.
 * @param inSecret whether the key will be stored in a secret
 * @param event reads the event, which has the number of the pull request
 * @throws Error when the lifetime is `pull-request` and the event is not about an open pull request
 */
export function lifetimeFor(chosen: ChosenLifetime, inSecret: boolean, event: () => WorkflowEvent): Lifetime {
  if (chosen === 'job') return { kind: 'job' };
  if (chosen === 'manual') return { kind: 'manual', inSecret };
  if (typeof chosen === 'object') return { kind: 'duration', seconds: chosen.seconds, inSecret };
  return { kind: 'pull-request', number: openPullRequest(event()), inSecret };
}

/** @throws Error when the event is not about an open pull request */
function openPullRequest(event: WorkflowEvent): number {
  const number = pullRequestOf(event);
  if (number === undefined) {
    throw new Error(
      `\`lifetime: pull-request\` needs the event \`pull_request\` or \`pull_request_target\`, but this run was triggered by \`${oneLine(event.name)}\`.`,
    );
  }
  if (event.payload.action === 'closed') {
    throw new Error(
      `Pull request ${number} is closed, so a key with \`lifetime: pull-request\` would expire immediately.`,
    );
  }
  return number;
}
