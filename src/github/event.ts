import { readFileSync } from 'node:fs';

/** The event that started the workflow run, as the runner describes it. */
export interface WorkflowEvent {
  /** GITHUB_EVENT_NAME, such as `push`. */
  name: string;
  /** GITHUB_REF, fully formed, such as `refs/heads/main`. */
  ref: string;
  /** The webhook's payload; {} without one. */
  payload: EventPayload;
}

/** The parts of a payload that are read. Any of them may be missing. */
export interface EventPayload {
  action?: string;
  deleted?: boolean;
  repository?: { default_branch?: string; fork?: boolean };
  /** For `workflow_dispatch`. */
  inputs?: Record<string, unknown> | null;
  /** For `repository_dispatch`. */
  client_payload?: Record<string, unknown> | null;
  pull_request?: {
    number?: number;
    merged?: boolean;
    base?: { ref?: string };
    head?: { sha?: string };
  };
}

/** @throws Error if the payload is not JSON */
export function readEvent(env = process.env): WorkflowEvent {
  const { GITHUB_EVENT_NAME: name = '', GITHUB_REF: ref = '', GITHUB_EVENT_PATH: path } = env;
  return { name, ref, payload: path ? readPayload(path) : {} };
}

function readPayload(path: string): EventPayload {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) ?? {};
  } catch (cause) {
    throw new Error('The file in GITHUB_EVENT_PATH is missing or not JSON, so the event of this run is unknown.', {
      cause,
    });
  }
}

/** The number of the pull request that the event is about; undefined if it is about something else. */
export function pullRequestOf({ name, payload }: WorkflowEvent): number | undefined {
  if (name !== 'pull_request' && name !== 'pull_request_target') return undefined;
  const { number } = payload.pull_request ?? {};
  return Number.isSafeInteger(number) && (number as number) > 0 ? number : undefined;
}
