import type { KeyEndpoints, KeyId, ListedKey } from '../neon/endpoints.ts';
import { hasLabel, type KeyOrigin, mayBeInSecret, parseKeyName, storedWithinMs } from './name.ts';
import { type KeyTarget, type Revocation, revokeKeys } from './revoke.ts';

/** Which keys `revoke-key` revokes, in addition to those named by id. */
export interface Selector {
  /** An exact name, or a label of the repository `origin`. */
  keyName: string | undefined;
  /** The id of the secret whose rotation keys are selected. */
  secretId: string | undefined;
  origin: KeyOrigin;
}

export interface Selection {
  selected: ListedKey[];
  /** Keys for pull requests that a step may still be storing in a secret: a later sweep revokes them. */
  storing: ListedKey[];
}

/** @param now milliseconds since the epoch by Neon's clock, not later than the list */
export function selectKeys(keys: ListedKey[], { keyName, secretId, origin }: Selector, now: number): Selection {
  const selection: Selection = { selected: [], storing: [] };
  for (const key of keys) {
    const lifetime = parseKeyName(key.name)?.mark.lifetime;
    const belongsToSecret = lifetime?.kind === 'rotation' && lifetime.secretId === secretId;
    if (belongsToSecret || key.name === keyName) selection.selected.push(key);
    else if (keyName !== undefined && lifetime && hasLabel(key.name, keyName, origin)) {
      // A later sweep revokes only these keys, so all others are revoked now.
      const isSwept = lifetime.kind === 'pull-request' && mayBeInSecret(lifetime);
      // A key of unknown age counts as young.
      const isOld = now - Date.parse(key.created_at) > storedWithinMs;
      selection[isSwept && !isOld ? 'storing' : 'selected'].push(key);
    }
  }
  return selection;
}

/** Revokes keys, and adds the names of those that are known only by id, from Neon's responses. */
export async function revokeAndName(
  targets: KeyTarget[],
  neon: KeyEndpoints,
  effects: Omit<Parameters<typeof revokeKeys>[1], 'neon'>,
): Promise<Revocation[]> {
  const names = new Map<KeyId, string>();
  const recording = {
    listOrgApiKeys: () => neon.listOrgApiKeys(),
    revokeOrgApiKey: async (id: KeyId) => {
      const key = await neon.revokeOrgApiKey(id);
      names.set(id, key.name);
      return key;
    },
  };
  const named = (revocation: Revocation): Revocation => {
    const { id = '', name } = revocation.target;
    return { ...revocation, target: { ...revocation.target, name: name || (names.get(id) ?? '') } };
  };
  const onOutcome = (revocation: Revocation) => effects.onOutcome(named(revocation));
  return (await revokeKeys(targets, { ...effects, neon: recording, onOutcome })).map(named);
}
