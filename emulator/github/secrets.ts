import { randomBytes } from 'node:crypto';
import type { components } from '@octokit/openapi-types';
import sodium from 'libsodium-wrappers';
import { Refusal } from '../refusal.ts';
import { type Call, paginate, type Reply } from './call.ts';
import type { GitHubState, KeyPair, Secret } from './model.ts';
import { corrected, repositoryOf } from './repositories.ts';
import { openOrganization } from './rights.ts';
import { time } from './state.ts';

type Schemas = components['schemas'];
/** A repository, one of its environments, or an organization. */
type Place = Pick<Secret, 'scope' | 'owner' | 'environment'>;

/** GitHub's limits. Source: its documentation, "Secrets reference". */
const MAX_BYTES = 48 * 1024;
const MAX_SECRETS = { repository: 100, environment: 100, organization: 1000 };

type SecretOperation = 'PublicKey' | 'list' | 'get' | 'createOrUpdate' | 'delete' | 'listSelectedRepos';

const HANDLERS: Record<SecretOperation, (call: Call, place: Place) => Reply | Promise<Reply>> = {
  async PublicKey({ state }, place) {
    const { key_id, public_key } = await keyOf(state, place);
    return { json: { key_id, key: public_key } satisfies Schemas['actions-public-key'] };
  },
  list(call, place) {
    const all = call.state.secrets.filter((secret) => isIn(secret, place));
    const { items, headers } = paginate(call, all);
    return { json: { total_count: all.length, secrets: items.map((secret) => shown(call, secret)) }, headers };
  },
  get: (call, place) => ({ json: shown(call, existing(call, place)) }),
  createOrUpdate,
  delete({ state, ...call }, place) {
    const secret = existing({ ...call, state }, place);
    state.secrets.splice(state.secrets.indexOf(secret), 1);
    return { status: 204 };
  },
  async listSelectedRepos(call, place) {
    const { selected_repository_ids: ids } = existing(call, place);
    const selected = call.state.repositories.filter(({ id }) => ids.includes(id));
    const { items, headers } = paginate(call, selected);
    const repositories = await Promise.all(
      items.map(async ({ id }) => corrected(JSON.parse(await call.git.repository(id)), call)),
    );
    return { json: { total_count: selected.length, repositories }, headers };
  },
};

/** Handles the operations on Actions secrets and their public keys. @returns undefined for any other operation */
export function handleSecrets(call: Call): Reply | Promise<Reply> | undefined {
  const [, verb, scope, key] =
    /^(list(?=(?:Repo|Environment|Org)Secrets)|get|createOrUpdate|delete|listSelectedRepos)(?:For)?(Repo|Environment|Org)(?:(PublicKey)|Secrets?)$/.exec(
      call.operation,
    ) ?? [];
  if (verb === undefined || scope === undefined) return undefined;
  const place = placeOf(call, scope);
  return HANDLERS[(key ?? verb) as SecretOperation](call, place);
}

function placeOf(call: Call, scope: string): Place {
  const { state, token, operation, params } = call;
  if (scope === 'Org') {
    const { login } = openOrganization(state, token, operation, params['org'] ?? '');
    return { scope: 'organization', owner: login, environment: null };
  }
  const { full_name, environments } = repositoryOf(call);
  if (scope === 'Repo') return { scope: 'repository', owner: full_name, environment: null };
  const name = params['environment_name'] ?? '';
  const environment = environments.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (environment === undefined) throw new Refusal(404, 'Not Found');
  return { scope: 'environment', owner: full_name, environment };
}

function isIn(secret: Secret, place: Place): boolean {
  return secret.scope === place.scope && secret.owner === place.owner && secret.environment === place.environment;
}

function find({ state, params }: Call, place: Place): Secret | undefined {
  const name = (params['secret_name'] ?? '').toUpperCase();
  return state.secrets.find((secret) => secret.name === name && isIn(secret, place));
}

function existing(call: Call, place: Place): Secret {
  const secret = find(call, place);
  if (secret === undefined) throw new Refusal(404, 'Not Found');
  return secret;
}

function shown(
  { apiUrl }: Call,
  { name, created_at, updated_at, visibility, owner }: Secret,
): Schemas['actions-secret'] | Schemas['organization-actions-secret'] {
  if (visibility === null) return { name, created_at, updated_at };
  const selected_repositories_url = `${apiUrl}/orgs/${owner}/actions/secrets/${name}/repositories`;
  return { name, created_at, updated_at, visibility, ...(visibility === 'selected' && { selected_repositories_url }) };
}

async function createOrUpdate(call: Call, place: Place): Promise<Reply> {
  const name = checkName(call.params['secret_name'] ?? '');
  const body = read(call.body);
  const access = accessOf(body, place);
  const value = await open(call.state, place, body);
  const at = time(call.now);
  const old = find(call, place);
  if (old) {
    Object.assign(old, { value, updated_at: at, ...access });
    return { status: 204 };
  }
  if (call.state.secrets.filter((secret) => isIn(secret, place)).length >= MAX_SECRETS[place.scope]) {
    throw new Refusal(422, `You cannot have more than ${MAX_SECRETS[place.scope]} secrets`);
  }
  call.state.secrets.push({ ...place, name, value, created_at: at, updated_at: at, ...access });
  return { status: 201, json: {} };
}

interface Body {
  encrypted_value?: unknown;
  key_id?: unknown;
  visibility?: unknown;
  selected_repository_ids?: unknown;
}

function read(text: string): Body {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // Refused below.
  }
  throw new Refusal(400, 'Problems parsing JSON');
}

/** Source: GitHub's documentation, "Naming your secrets". */
function checkName(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/i.test(name)) {
    throw new Refusal(
      422,
      'Secret names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). ' +
        'Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_).',
    );
  }
  if (/^github_/i.test(name)) throw new Refusal(422, 'Secret names must not start with GITHUB_.');
  return name.toUpperCase();
}

function accessOf(body: Body, place: Place): Pick<Secret, 'visibility' | 'selected_repository_ids'> {
  if (place.scope !== 'organization') return { visibility: null, selected_repository_ids: [] };
  const { visibility, selected_repository_ids: ids = [] } = body;
  if (visibility !== 'all' && visibility !== 'private' && visibility !== 'selected') {
    throw new Refusal(422, 'Invalid request.\n\n"visibility" must be one of all, private, selected.');
  }
  if (!Array.isArray(ids) || !ids.every((id) => Number.isInteger(id))) {
    throw new Refusal(422, 'Invalid request.\n\n"selected_repository_ids" must be an array of integers.');
  }
  return { visibility, selected_repository_ids: visibility === 'selected' ? ids : [] };
}

/** Opens the sealed box with the key of the place. @throws Refusal for a box that was sealed with another key */
async function open(state: GitHubState, place: Place, { encrypted_value, key_id }: Body): Promise<string> {
  const key = await keyOf(state, place);
  if (typeof encrypted_value !== 'string' || encrypted_value === '' || typeof key_id !== 'string') {
    throw new Refusal(422, 'Invalid request.\n\n"encrypted_value" and "key_id" must be given.');
  }
  const value = key_id === key.key_id ? unseal(encrypted_value, key) : undefined;
  if (value === undefined)
    throw new Refusal(422, 'Bad request - validation failed due to an improperly encrypted secret');
  if (Buffer.byteLength(value) > MAX_BYTES) throw new Refusal(422, 'Secrets are limited to 48 KB in size');
  return value;
}

function unseal(sealed: string, { public_key, private_key }: KeyPair): string | undefined {
  const bytes = (text: string) => sodium.from_base64(text, sodium.base64_variants.ORIGINAL);
  try {
    return sodium.to_string(sodium.crypto_box_seal_open(bytes(sealed), bytes(public_key), bytes(private_key)));
  } catch {
    return undefined;
  }
}

async function keyOf(state: GitHubState, { owner, environment }: Place): Promise<KeyPair> {
  await sodium.ready;
  const place = environment === null ? owner : `${owner} ${environment}`;
  state.keys[place] ??= makeKeyPair();
  return state.keys[place];
}

/** An X25519 key pair. Its ID consists of digits, as on GitHub. */
function makeKeyPair(): KeyPair {
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  const text = (bytes: Uint8Array) => sodium.to_base64(bytes, sodium.base64_variants.ORIGINAL);
  const key_id = String(randomBytes(8).readBigUInt64BE());
  return { key_id, public_key: text(publicKey), private_key: text(privateKey) };
}
