import { existsSync } from 'node:fs';

/**
 * Checks that the runner provides what the operations require, before anything else.
 * @throws Error if something is missing
 */
export function checkRunner(
  env: NodeJS.ProcessEnv,
  { versions, arch }: Pick<NodeJS.Process, 'versions' | 'arch'>,
): void {
  // Older versions cannot parse the IDs of keys exactly.
  if (Number.parseInt(versions.node, 10) < 24) {
    const advice =
      arch === 'arm'
        ? "On 32-bit ARM, GitHub's runner uses Node 20. Use a 64-bit runner."
        : 'Update the runner to 2.327.1 or newer.';
    throw new Error(`This action requires Node 24, but runs on Node ${versions.node}. ${advice}`);
  }
  const missing = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'].filter((name) => !existsSync(env[name] ?? ''));
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(', ')} must be set to the path of an existing file. GitHub's runner does this for every step.`,
    );
  }
}
