import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// How main keeps post from revoking a key that a secret may hold, even if post has an older state.
//
// In a job container, main can continue while post runs with an older state, as post-marker.ts explains. Main writes the
// name of the key to a file before it checks the marker and writes the secret; post reads that file after it has written
// the marker. So either main sees the marker, or post sees the name.

/** Keeps the post steps of this job from revoking a key. Does nothing without RUNNER_TEMP. */
export function markReleased(name: string, env: NodeJS.ProcessEnv): void {
  const file = releasedFile(env);
  if (file !== undefined) appendFileSync(file, `${name}\n`, { mode: 0o600 });
}

/** The names of the keys that no post step of this job may revoke. */
export function releasedNames(env: NodeJS.ProcessEnv): Set<string> {
  const file = releasedFile(env);
  if (file === undefined) return new Set();
  try {
    return new Set(readFileSync(file, 'utf8').split('\n'));
  } catch {
    return new Set();
  }
}

function releasedFile({ RUNNER_TEMP: folder }: NodeJS.ProcessEnv): string | undefined {
  return folder ? join(folder, 'neon-org-action-released') : undefined;
}
