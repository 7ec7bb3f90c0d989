// Keys of every lifetime, for `sweep-keys`. Pull request 1 is merged, and pull request 2 is open.
import { SEED } from '../emulator/github/state.ts';
import { SEED as NEON } from '../emulator/state.ts';
import { composeKeyName, type Lifetime } from '../src/keys/name.ts';

const DAY_MS = 24 * 3_600_000;

/** The run of the key with `lifetime: job`. It must be in GitHub's state. */
export const FINISHED_RUN = 19870000001;

interface Key {
  label: string;
  lifetime: Lifetime;
  ageDays: number;
  /** Days since the last use. */
  usedDays?: number;
  runId: number;
}

const keys: Key[] = [
  { label: 'shop integration-tests', lifetime: { kind: 'job' }, ageDays: 9, usedDays: 9, runId: FINISHED_RUN },
  { label: 'preview', lifetime: { kind: 'pull-request', number: 1 }, ageDays: 12, usedDays: 1, runId: 19861204473 },
  { label: 'preview', lifetime: { kind: 'pull-request', number: 2 }, ageDays: 3, usedDays: 0.1, runId: 19868840112 },
  { label: 'load test', lifetime: { kind: 'duration', seconds: 86_400 }, ageDays: 4, runId: 19866091530 },
  {
    label: 'NEON_API_KEY',
    lifetime: { kind: 'rotation', graceSeconds: 86_400, secretId: 'abcdefghij' },
    ageDays: 33,
    usedDays: 2,
    runId: 19823307746,
  },
  {
    label: 'NEON_API_KEY',
    lifetime: { kind: 'rotation', graceSeconds: 86_400, secretId: 'abcdefghij' },
    ageDays: 2,
    usedDays: 0.02,
    runId: 19869417208,
  },
  { label: 'grafana', lifetime: { kind: 'manual' }, ageDays: 120, usedDays: 0.1, runId: 19590028831 },
];

/** A key as `create-key` names it. */
function seeded({ label, lifetime, ageDays, usedDays, runId }: Key, index: number) {
  const mark = { repositoryId: SEED.repositoryId, runId, runAttempt: 1, lifetime };
  const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
  return {
    name: composeKeyName(label, { ...mark, nonce: (index * 7919 + 36 ** 9).toString(36) }),
    project_id: NEON.projectId,
    created_at: ago(ageDays),
    ...(usedDays === undefined ? {} : { last_used_at: ago(usedDays) }),
  };
}

export function sampleKeys() {
  return keys.map(seeded);
}
