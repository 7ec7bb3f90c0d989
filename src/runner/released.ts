import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// How main keeps post from revoking a key that a secret may hold, even if post has an older state.
//
// In a job container, main can continue while post runs with an older state, as post-marker.ts explains. Main marks the key
// with a file before it checks the marker and writes the secret; post looks for that file after it has written the marker. So
// either main sees the marker, or post sees the mark.
//
// Each key has an empty file of its own: a full disk cannot leave half a mark, and a mark can be removed.

/** The marks of the keys that no post step of this job may revoke. Without RUNNER_TEMP, no key is marked. */
export function releaseMarks({ RUNNER_TEMP: folder }: NodeJS.ProcessEnv) {
  const fileOf = (name: string) =>
    folder && join(folder, `neon-org-action-released-${createHash('sha256').update(name).digest('hex')}`);
  return {
    /** @throws Error of the file system */
    add(name: string): void {
      const file = fileOf(name);
      if (file) writeFileSync(file, '', { mode: 0o600 });
    },
    remove(name: string): void {
      const file = fileOf(name);
      try {
        if (file) rmSync(file, { force: true });
      } catch {
        // The step that removes a mark also revokes the key.
      }
    },
    has(name: string): boolean {
      const file = fileOf(name);
      return file ? existsSync(file) : false;
    },
  };
}
