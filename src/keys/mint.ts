import type { Clock } from '../lib/clock.ts';
import type { KeyEndpoints, NewKey } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';
import { type RetryByCount, waitBeforeRetry } from '../neon/retry.ts';
import type { Ledger } from './ledger.ts';
import { composeName, type Mark } from './name.ts';
import { revokeKeys } from './revoke.ts';
export interface MintRequest {
  label: string;
  mark: Omit<Mark, 'nonce'>;
  /** The one project the key may reach; missing: every project of the organization. */
  projectId?: string;
}

export interface MintEffects {
  neon: KeyEndpoints;
  clock: Clock;
  ledger: Ledger;
  /** Lower-case letters and digits, new at every call. */
  newNonce: () => string;
  /** A number in [0, 1). */
  random: () => number;
  /** Makes the runner hide a token from then on. */
  mask: (token: string) => void;
  notice: (line: string) => void;
  /** Once aborted, nothing new is begun: what is open is left to the post step. */
  cancelled: AbortSignal;
}

/** How many names are tried before the step gives up: each costs one POST, and a lost answer a look at the list. */
const rounds: RetryByCount = { attempts: 5, longestWaitMs: 60_000 };

/** A new key, and the name it was asked for under: its lease's. */
export interface Minted {
  key: NewKey;
  name: string;
}

/**
 * Mints a key so that whatever happens on the way is known to the post step: the name is in the ledger before the
 * request leaves, the id right after the answer. A name is used for one request only. After a lost answer the key is
 * looked for by its name and revoked, for its token is lost, and the next round asks under a new name.
 * @throws NeonError of the last round
 */
export async function mint(request: MintRequest, effects: MintEffects): Promise<Minted> {
  for (let round = 1; ; round += 1) {
    const name = composeName(request.label, { ...request.mark, nonce: effects.newNonce() });
    effects.ledger.save({ name, askedAt: effects.clock.now() });
    try {
      return { key: await mintOnce(name, request, effects), name };
    } catch (error) {
      if (!(error instanceof NeonError)) throw error;
      await prepareNextRound(name, error, round, effects);
    }
  }
}

/** @throws the error, when there is to be no next round */
async function prepareNextRound(name: string, error: NeonError, round: number, effects: MintEffects): Promise<void> {
  const { clock, ledger, random, notice, cancelled } = effects;
  const { kind } = error.facts;
  const surelyNotMade = kind === 'refused' || kind === 'not-done';
  if (surelyNotMade) ledger.forget(name);
  const wait = waitBeforeRetry(error.facts, round, random(), rounds);
  if (wait === undefined || cancelled.aborted) throw error.with({ attempts: round });
  notice(`${error.message} Asking again under a new name.`);
  if (kind === 'unknown') await revokeLost(name, error, effects);
  await clock.sleep(wait, cancelled);
}

async function mintOnce(name: string, { projectId }: MintRequest, effects: MintEffects): Promise<NewKey> {
  const askedAt = effects.clock.now();
  const key = await effects.neon.createOrgApiKey({ key_name: name, ...(projectId ? { project_id: projectId } : {}) });
  effects.mask(key.key);
  effects.ledger.save({ name, askedAt, id: key.id });
  if ((key.project_id || undefined) === projectId) return key;
  throw new Error(
    `Neon made key ${key.id} for ${key.project_id ? `the project ${key.project_id}` : 'the whole organization'}, asked for ${projectId ?? 'the whole organization'}. ` +
      'It is not handed out; the post step revokes it. Please report this with the request id of the debug log.',
  );
}

/** A name that is not found stays in the ledger: the request may still be under way somewhere. */
async function revokeLost(name: string, lost: NeonError, { neon, clock, ledger, notice }: MintEffects): Promise<void> {
  for (const revocation of await revokeKeys([{ name }], { neon, clock, settleMs: 0, onOutcome: () => {} })) {
    if (revocation.how === 'failed') {
      const hint = `Whether Neon made the key is not known, and looking failed: ${revocation.error.message}\nThe post step looks again.`;
      throw lost.with({ hint });
    }
    if (revocation.how !== 'never-made') {
      ledger.forget(name);
      notice(`Neon had made the key after all; its token is lost, so key ${revocation.target.id} is revoked.`);
    }
  }
}
