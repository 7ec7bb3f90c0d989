import { readFile } from 'node:fs/promises';
import type { OperatorLog } from '../log.ts';
import { type LoadedPolicy, parsePolicy } from './parse.ts';

/** The current policy. */
export interface PolicyStore {
  current(): LoadedPolicy;
  /** Whether the file is invalid or unreadable, so that the previous policy is in use. */
  isStale(): boolean;
  /** Reads the file again. An invalid file is reported and not used. */
  reread(): Promise<void>;
}

/** @throws Error, PolicyError if the file cannot be used at the start */
export async function openPolicy(path: string, log: OperatorLog): Promise<PolicyStore> {
  let loaded = parsePolicy(await readPolicyFile(path));
  let stale = false;

  async function replace(): Promise<void> {
    const next = parsePolicy(await readPolicyFile(path));
    if (next.policy.organization !== loaded.policy.organization) {
      throw new Error('`organization` has changed. Restart the broker to apply the change.');
    }
    if (next.hash !== loaded.hash)
      log('info', 'policy-changed', { policy: next.hash, grants: next.policy.grants.length });
    loaded = next;
  }

  return {
    current: () => loaded,
    isStale: () => stale,
    async reread() {
      try {
        await replace();
        stale = false;
      } catch (error) {
        stale = true;
        log('error', 'policy-invalid', { error: (error as Error).message, policy_in_use: loaded.hash });
      }
    },
  };
}

/** @throws Error that names the file */
export async function readPolicyFile(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The policy could not be read from ${path}: ${error.code}. Check BROKER_POLICY_FILE or --policy.`);
  });
}
