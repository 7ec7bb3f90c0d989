import { isFrom, type KeyOrigin } from '../../src/keys/name.ts';
import { serverId } from '../../src/lib/server-id.ts';
import { count } from '../../src/lib/text.ts';
import { type Broker, createBroker } from '../broker.ts';
import { readConfig } from '../config.ts';
import { systemEffects } from '../effects.ts';
import { isBrokerKey } from '../keys/nonces.ts';
import type { SeenKey } from '../keys/shared-list.ts';
import { parsePolicy } from '../policy/parse.ts';
import { readPolicyFile } from '../policy/store.ts';
import type { CommandOptions } from './options.ts';

/** Revokes all expired keys once, from any host. Writes revocations to the audit log. */
export async function sweepNow(_options: CommandOptions, env: NodeJS.ProcessEnv): Promise<number> {
  return withBroker(env, async ({ keeper }) => {
    let revoked = 0;
    for (;;) {
      const outcome = await keeper.sweep();
      revoked += outcome.revoked;
      if (outcome.remaining > 0 && outcome.revoked > 0) continue;
      const left = outcome.failed + outcome.remaining;
      console.error(`Revoked ${count(revoked, 'expired key')}. Expired keys that are still active: ${left}.`);
      return left === 0 ? 0 : 1;
    }
  });
}

/** For emergencies: revokes the keys that brokers have minted, expired or not. */
export async function revokeKeysNow({ all, repository }: CommandOptions, env: NodeJS.ProcessEnv): Promise<number> {
  if ((all === true) === (repository !== undefined)) throw new Error('Use either --all or --repository.');
  const origin = repository === undefined ? undefined : await readOrigin(repository, env);
  const matches = ({ mark }: SeenKey) => isBrokerKey(mark) && (!origin || isFrom(mark, origin));
  return withBroker(env, async ({ keeper }) => {
    const { revoked, failed } = await keeper.revokeWhere(matches);
    console.error(`Revoked ${count(revoked.length, 'key')}. Keys that could not be revoked: ${failed.length}.`);
    return failed.length === 0 ? 0 : 1;
  });
}

async function withBroker(env: NodeJS.ProcessEnv, work: (broker: Broker) => Promise<number>): Promise<number> {
  const config = readConfig(env);
  return work(await createBroker(config, systemEffects(config, env)));
}

/** @throws Error for the name of a repository without a grant */
async function readOrigin(text: string, env: NodeJS.ProcessEnv): Promise<KeyOrigin> {
  const { serverUrl, policyFile } = readConfig(env);
  const server = serverId(serverUrl);
  const from = (repositoryId: number) => (server === undefined ? { repositoryId } : { server, repositoryId });
  if (/^[1-9]\d{0,15}$/.test(text)) return from(Number(text));
  const { policy } = parsePolicy(await readPolicyFile(policyFile));
  const grant = policy.grants.find(({ repository }) => repository.toLowerCase() === text.toLowerCase());
  if (grant) return from(grant.repository_id);
  throw new Error(
    `The policy has no grant for the repository ${text}. Use its ID instead: gh api repos/${text} --jq .id`,
  );
}
