import { GitHubError } from '../github/errors.ts';
import type { Secret, Store } from '../github/secrets.ts';
import type { KeyEndpoints, NeonReader, NewKey } from '../neon/endpoints.ts';
import { type MintEffects, type Minted, type MintRequest, mint } from './mint.ts';
import { type Revocation, revokeKeys } from './revoke.ts';
import { type RotationKey, replacedUntil, rotationKeys, storeWithinMs } from './rotation.ts';

/**
 * Mints a key and puts it into a secret; what the token may not do is told before there is a key. The lease stays open:
 * until it is forgotten, the post step revokes the key.
 * @param where the secret in words, such as `the repository secret NEON`
 * @throws Error when the secret cannot be written: then the key is revoked again
 */
export async function mintIntoSecret(
  request: MintRequest,
  secret: Secret,
  where: string,
  effects: MintEffects,
): Promise<Minted> {
  const store = await secret.prepare();
  const minted = await mint(request, effects);
  effects.ledger.save({ name: minted.name, askedAt: effects.clock.now(), id: minted.key.id, secret: where });
  try {
    await store(minted.key.key);
    return minted;
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const doubt = `Whether ${where} holds it all the same is not known; if so, it is dead there. Run this job again.`;
    throw await withoutKey(minted, error, effects, error.facts.maybeDone ? doubt : '');
  }
}

/** Revokes a key that nobody is going to use. @returns the error that says so */
async function withoutKey({ key, name }: Minted, error: Error, effects: MintEffects, doubt = ''): Promise<Error> {
  const { neon, clock, ledger } = effects;
  const [revocation] = await revokeKeys([{ name, id: key.id }], { neon, clock, settleMs: 0, onOutcome: () => {} });
  if (revocation?.how === 'failed') {
    return new Error(
      `${error.message}\nThe new key ${key.id} is not revoked yet, the post step tries again: ${revocation.error.message}`,
    );
  }
  ledger.forget(name);
  const end = doubt ? `is revoked again. ${doubt}` : 'was not stored, and is revoked again.';
  return new Error(`${error.message}\nThe new key ${key.id} ${end}`);
}

export interface RotationEffects extends MintEffects {
  neon: KeyEndpoints & Pick<NeonReader, 'now'>;
  secret: Secret;
  /** Uses Neon with the new key. */
  withKey: <T>(apiKey: string, work: (neon: Pick<NeonReader, 'getAuthDetails'>) => Promise<T>) => Promise<T>;
  /** Called with each ending as soon as it is known. */
  onOutcome: (revocation: Revocation) => void;
}

/** What a rotation did. */
export interface Rotation {
  key: NewKey;
  /** Of the keys whose time was over. */
  revocations: Revocation[];
  /** Keys of the same secret that live on, and until when, in milliseconds since the epoch, as far as that is known. */
  kept: { key: RotationKey; until: number | undefined }[];
  /** The secret was there before, and no rotation is known that filled it: what it held may live on. */
  heldUnknown: boolean;
}

/** For a request that is given up to be over all the same, and for clocks that differ. */
const marginMs = 60_000;

/**
 * Replaces the key in a secret: mint, store, verify, then revoke what was replaced long enough ago. The secret never
 * holds a dead key: a key that may be in it is revoked by nobody, not even by the post step after a crash.
 * @param request its mark says how long the keys before the new one live on
 * @throws Error that says how far it came; the next rotation goes on from there
 */
export async function rotate(request: MintRequest, effects: RotationEffects): Promise<Rotation> {
  const { secret, clock, ledger } = effects;
  const before = await secret.updatedAt();
  const store = await secret.prepare();
  const askedAt = clock.now();
  const minted = await mint(request, effects);
  const left = askedAt + storeWithinMs - marginMs - clock.now();
  if (left <= 0)
    throw await withoutKey(minted, new Error('Minting took too long for another run to know of it.'), effects);
  // From here on the secret may hold it: no post step may revoke it.
  ledger.forget(minted.name);
  const signal = AbortSignal.timeout(left);
  await storeAndSee((value) => store(value, signal), minted, before, effects);
  await verify(minted.key, effects);
  const { revocations, kept } = await endReplaced(minted, effects);
  const heldUnknown = before !== undefined && revocations.length + kept.length === 0;
  return { key: minted.key, revocations, kept, heldUnknown };
}

const again = 'Run `rotate-key` again: it goes on from here.';
const writes = 5;

/**
 * Stores the key, and sees that GitHub shows another time of writing. It shows whole seconds: what was written twice in
 * one is written once more. A key that was surely not stored is revoked again.
 */
async function storeAndSee(
  store: Store,
  minted: Minted,
  before: string | undefined,
  effects: RotationEffects,
): Promise<void> {
  for (let write = 1; write <= writes; write += 1) {
    const error = await failureOf(store(minted.key.key));
    if (error && write === 1 && !error.facts.maybeDone) throw await takeBack(minted, error, effects);
    if (error) {
      const doubt = `Whether the secret holds the new key ${minted.key.id} now is not known, so no key is revoked.`;
      throw new Error(`${error.message}\n${doubt} ${again}`);
    }
    if ((await effects.secret.updatedAt()) !== before) return;
    await effects.clock.sleep(1000, effects.cancelled);
  }
  throw new Error(
    `GitHub took the secret, but says that it was last written ${before ?? 'never'}: no key is revoked. ${again}`,
  );
}

async function failureOf(work: Promise<void>): Promise<GitHubError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof GitHubError) return error;
    throw error;
  }
}

/** The post step may revoke it again, too. */
function takeBack(minted: Minted, error: GitHubError, effects: RotationEffects): Promise<Error> {
  effects.ledger.save({ name: minted.name, askedAt: effects.clock.now(), id: minted.key.id });
  return withoutKey(minted, error, effects);
}

/** The key in the secret works. Using it also tells every later sweep that it was stored. */
async function verify(key: NewKey, effects: RotationEffects): Promise<void> {
  try {
    await effects.withKey(key.key, (neon) => neon.getAuthDetails());
  } catch (error) {
    if (effects.cancelled.aborted) throw error;
    throw new Error(
      `The secret holds key ${key.id}, but that does not work yet, so no key is revoked. ${(error as Error).message}\n${again}`,
    );
  }
}

async function endReplaced({ key }: Minted, effects: RotationEffects): Promise<Pick<Rotation, 'revocations' | 'kept'>> {
  const { neon, clock, onOutcome } = effects;
  const rotations = rotationKeys(await neon.listOrgApiKeys());
  const own = rotations.find(({ id }) => id === key.id);
  if (!own) throw new Error(`Neon does not list the new key ${key.id}: no key is revoked. ${again}`);
  // Neon's clock says when the new key was made.
  const now = Math.max(neon.now(), own.createdAt);
  const others = rotations.filter((other) => other !== own && other.secretId === own.secretId);
  if (replacedUntil(own, others) !== undefined) {
    throw new Error(`Storing key ${key.id} took so long that another run came in between. ${again}`);
  }
  const judged = others.map((other) => ({ key: other, until: endOf(other, own, others) }));
  const over = judged.filter(({ until }) => until !== undefined && until <= now);
  const targets = over.map(({ key: { id, name } }) => ({ id, name }));
  const revocations = await revokeKeys(targets, { neon, clock, settleMs: 0, onOutcome });
  return { revocations, kept: judged.filter((one) => !over.includes(one)) };
}

/** This run knows that its own key was stored: it replaces a key of whatever maker. */
function endOf(other: RotationKey, own: RotationKey, others: RotationKey[]): number | undefined {
  const byOwn = replacedUntil({ ...other, createdBy: 'the same' }, [{ ...own, createdBy: 'the same', stored: true }]);
  const byOthers = replacedUntil(other, others);
  return byOwn === undefined || byOthers === undefined ? (byOwn ?? byOthers) : Math.min(byOwn, byOthers);
}
