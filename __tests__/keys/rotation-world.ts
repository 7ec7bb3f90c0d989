import { GitHubError } from '../../src/github/errors.ts';
import type { Secret } from '../../src/github/secrets.ts';
import { createLedger, type Lease } from '../../src/keys/ledger.ts';
import { composeKeyName } from '../../src/keys/name.ts';
import type { RotationEffects, RotationRequest } from '../../src/keys/rotate.ts';
import { fakeClock } from '../fake-clock.ts';
import { FakeNeon, type Fate, neonError } from '../fake-neon.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** What happens to one write of a secret. An HTTP status is a refusal. */
export type SecretFate = 'done' | 'lost' | 'done-but-lost' | number;

/** A secret of plain data, whose writes meet the given fates in their order, and then succeed. */
class FakeSecret implements Secret {
  value: string | undefined;
  writtenAt: string | undefined;
  private readonly now: () => number;
  private readonly fates: SecretFate[];

  constructor(now: () => number, fates: SecretFate[] = []) {
    this.now = now;
    this.fates = fates;
  }

  async updatedAt(): Promise<string | undefined> {
    return this.writtenAt;
  }

  async prepare() {
    return (value: string) => async () => {
      const fate = this.fates.shift() ?? 'done';
      if (typeof fate === 'number') throw refusal(fate);
      if (fate !== 'lost') {
        this.value = value;
        this.writtenAt = `${new Date(this.now()).toISOString().slice(0, 19)}Z`;
      }
      if (fate !== 'done') throw refusal(undefined);
    };
  }

  async remove(): Promise<boolean> {
    throw new Error('a rotation does not remove the secret');
  }
}

export function refusal(status: number | undefined): GitHubError {
  const failure = { method: 'PUT', route: '/secrets', reason: 'as the test decided' };
  return new GitHubError(status === undefined ? { ...failure, maybeDone: true } : { ...failure, status });
}

const unauthorized = neonError({ operationId: 'getAuthDetails', kind: 'refused', status: 401 });

/**
 * Everything that a rotation uses, and what its post step would read.
 * @param acceptedAfterMs the age of a key from which Neon accepts it
 */
export function world(neonFates: Fate[] = [], secretFates: SecretFate[] = [], acceptedAfterMs = 0) {
  const clock = fakeClock(Date.parse('2026-11-24T12:00:00Z'));
  const neon = new FakeNeon(clock, neonFates);
  const accepts = (token: string) =>
    neon.active.some((key) => {
      return token === `token-of-${key.id}` && clock.now() - Date.parse(key.created_at) >= acceptedAfterMs;
    });
  const secret = new FakeSecret(clock.now, secretFates);
  const reported: string[] = [];
  let nonces = 0;
  const state: { leases: Lease[]; saved: Lease[][] } = { leases: [], saved: [] };
  const effects: RotationEffects = {
    neon,
    clock,
    secret,
    ledger: createLedger((leases) => {
      state.leases = leases;
    }),
    newNonce: () => {
      nonces += 1;
      return `n${nonces}`;
    },
    random: () => 0.5,
    mask: () => {},
    info: () => {},
    notice: (line) => reported.push(line),
    onOutcome: ({ how }) => reported.push(how),
    cancelled: new AbortController().signal,
    withRevoker: (_newKey, work) => work(neon),
    withKey: (apiKey, work) =>
      work({
        now: () => neon.now(),
        getAuthDetails: async () => {
          if (!accepts(apiKey)) throw unauthorized;
          return { account_id: '', auth_method: 'api_key_org' } as never;
        },
      }),
  };
  return { clock, neon, secret, reported, state, effects };
}

export function request(graceSeconds = 3600, secretId = 'abcdefghij'): RotationRequest {
  const lifetime = { kind: 'rotation', graceSeconds, secretId } as const;
  return { label: 'NEON', mark: { repositoryId: 1, runId: 1, runAttempt: 1, lifetime }, projectId: 'cool-river-1' };
}

/** A key of the secret whose rotation died before it was stored. */
export function neverStored({ neon }: ReturnType<typeof world>, nonce: string): string {
  const { mark } = request();
  return neon.add(composeKeyName('NEON', { ...mark, nonce }));
}
