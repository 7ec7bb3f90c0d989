import { existsSync } from 'node:fs';

/**
 * Checks that the runner provides what the operations rely on, before anything is done.
 * @throws Error when it does not run as GitHub's runner starts it
 */
export function checkRunner(
  env: NodeJS.ProcessEnv,
  { versions, arch }: Pick<NodeJS.Process, 'versions' | 'arch'>,
): void {
  // Older ones cannot read the ids of keys exactly.
  if (Number.parseInt(versions.node, 10) < 24) {
    const advice =
      arch === 'arm'
        ? "GitHub's runner falls back to Node 20 on 32-bit ARM: use a 64-bit runner."
        : 'Update the runner to 2.327.1 or newer.';
    throw new Error(`This action requires Node 24, but runs on Node ${versions.node}. ${advice}`);
  }
  const missing = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'].filter((name) => !existsSync(env[name] ?? ''));
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(', ')} must be the path of an existing file: GitHub's runner sets it for every step.`,
    );
  }
}
