import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// How the post step stops a main step that is still running.
//
// In a job container, cancelling ends `docker exec` but not the process inside (docker/cli#2607): main continues without a
// signal, and post starts meanwhile, with the state as the runner read it at that moment, which may be empty. Both see
// RUNNER_TEMP.
//
//   main: saves every name that it may request, then checks for the marker, then sends the request to Neon; checks again
//         after the response.
//   post: writes the marker, then revokes the keys that are named in the state.
//
// A main step that finds the marker requests no more keys, hands out none, and revokes its keys itself. Post knows the names
// of keys that were requested before the marker was written, and waits until they appear.
//
// The marker contains the time at which it was written, by a clock that both processes share, and stops only a main step
// that started before. So an old marker, such as that of another step's post, stops nothing.

/**
 * The time limit of the post step, in milliseconds: all post steps of a cancelled job share less than five minutes. A main
 * step that finds the marker has the same limit to revoke its keys.
 */
export const postBudgetMs = 60_000;

/** Stops a main step that is still running. Does nothing without RUNNER_TEMP. */
export function markPostStarted(env: NodeJS.ProcessEnv): void {
  const file = markerFile(env);
  if (file === undefined) return;
  try {
    writeFileSync(file, String(performance.timeOrigin + performance.now()));
  } catch {
    // Without a marker, post still revokes every key whose name it knows.
  }
}

/** Whether a post step of this job started after this process did. */
export function hasPostStarted(env: NodeJS.ProcessEnv): boolean {
  const file = markerFile(env);
  if (file === undefined) return false;
  try {
    return Number(readFileSync(file, 'utf8')) > performance.timeOrigin;
  } catch {
    return false;
  }
}

function markerFile({ RUNNER_TEMP: folder }: NodeJS.ProcessEnv): string | undefined {
  return folder ? join(folder, 'neon-org-action-post-started') : undefined;
}
