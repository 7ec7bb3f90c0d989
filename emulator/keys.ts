// API keys of organizations and users.
import type { Call } from './call.ts';
import type { Credential, NeonState } from './model.ts';
import { Refusal } from './refusal.ts';
import { usersById } from './shapes.ts';
import { takeKeyId } from './state.ts';

// JSON.rawJSON is in Node 24 but not yet in TypeScript's es2024 library.
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** Whether a key belongs to an account: an organization's or a user's. */
type Account = (key: Credential) => boolean;

/** The keys of an organization, including project-scoped keys. */
export function ofOrganization(id: string): Account {
  return (key) => key.kind !== 'personal' && key.org_id === id;
}

/** The personal keys of a user. */
export function ofUser(id: string): Account {
  return (key) => key.kind === 'personal' && key.user_id === id;
}

/** The live keys of an account. */
export function liveKeysOf(state: NeonState, account: Account): Credential[] {
  return state.credentials.filter((key) => account(key) && !key.revoked);
}

/** The live keys of an account, as Neon lists them. */
export function listKeys(state: NeonState, account: Account): unknown[] {
  const users = usersById(state);
  return liveKeysOf(state, account).map((key) => {
    const creator = { id: key.created_by, name: users.get(key.created_by)?.name ?? '', image: '' };
    return { ...keyShape(key), created_by: creator, ...usage(key) };
  });
}

/**
 * Creates a key. Only this response contains its token.
 * @throws Refusal if another live key of the account has the name
 */
export function createKey(
  { state, now, randomToken }: Call,
  account: Account,
  facts: Pick<Credential, 'name' | 'kind' | 'created_by'> & Partial<Credential>,
): unknown {
  if (state.unique_key_names && liveKeysOf(state, account).some(({ name }) => name === facts.name)) {
    // The text is in Neon's CLI 6 (profile_keys.js); the status is the one that alchemy's Neon provider handles.
    throw new Refusal(409, 'choose another unique name for api key');
  }
  const key: Credential = {
    id: takeKeyId(state),
    token: randomToken(),
    created_at: now.toISOString(),
    last_used_at: null,
    last_used_from_addr: '',
    revoked: false,
    ...facts,
  };
  state.credentials.push(key);
  return { ...keyShape(key), key: key.token };
}

/**
 * Revokes a live key of the account.
 * @param keyId an int64 as decimal text
 */
export function revokeKey(state: NeonState, account: Account, keyId: string): unknown {
  const id = String(BigInt(keyId));
  const key = liveKeysOf(state, account).find((candidate) => candidate.id === id);
  if (key === undefined) throw new Refusal(404, 'API key not found');
  replace(state.credentials, key, { ...key, revoked: true });
  return { ...keyShape(key), ...usage(key), revoked: true };
}

/** Replaces an item. It is not edited, because earlier states share the object. */
export function replace<Item>(items: Item[], item: Item, by: Item): Item {
  items[items.indexOf(item)] = by;
  return by;
}

function keyShape(key: Credential): Record<string, unknown> {
  const { id, name, created_at, created_by, project_id } = key;
  return { id: rawJSON(id), name, created_at, created_by, ...(project_id !== undefined && { project_id }) };
}

function usage({ last_used_at, last_used_from_addr }: Credential): Record<string, unknown> {
  return { last_used_at, last_used_from_addr };
}
