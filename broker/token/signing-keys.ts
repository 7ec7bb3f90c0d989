import { type CryptoKey, importJWK, type JWK } from 'jose';
import type { Clock } from '../../src/lib/clock.ts';
import type { OperatorLog } from '../log.ts';
import { describeFailure } from '../neon/describe.ts';

/** Why a signing key could not be found. */
type KeyProblem =
  /** The issuer has no such key, or its keys may not be fetched again yet. */
  | 'unknown-kid'
  /** No keys were fetched, or they are more than an hour old. */
  | 'keys-unavailable';

/** The signing keys of one issuer. */
export interface SigningKeys {
  /** Finds a key by its ID. An unknown ID causes a fetch, at most once per 30 s. */
  find(kid: string): Promise<CryptoKey | KeyProblem>;
  /** Fetches the keys. @throws Error if the issuer returns no usable keys; the previous keys remain */
  refresh(): Promise<void>;
  /** Milliseconds since the last successful fetch; undefined before it. */
  ageMs(): number | undefined;
}

export interface SigningKeysOptions {
  /** The `iss` of its tokens, exactly. */
  issuer: string;
  fetch: typeof fetch;
  clock: Pick<Clock, 'now'>;
  log: OperatorLog;
}

const betweenFetchesMs = 30_000;
/** How long keys are used if the issuer cannot be reached. */
export const keysValidMs = 60 * 60_000;

/** The issuer is configured: nothing in a token determines where keys are fetched. */
export function createSigningKeys({ issuer, fetch, clock, log }: SigningKeysOptions): SigningKeys {
  let keys = new Map<string, CryptoKey>();
  let fetchedAt: number | undefined;
  let lastAttemptAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | undefined;

  const refresh = () => {
    underWay ??= fetchKeys().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  async function fetchKeys(): Promise<void> {
    lastAttemptAt = clock.now();
    const fetched = await importSigningKeys(await fetchKeySet(issuer, fetch), issuer, log);
    keys = fetched;
    fetchedAt = clock.now();
  }

  const known = (kid: string): CryptoKey | KeyProblem => {
    if (fetchedAt === undefined || clock.now() - fetchedAt > keysValidMs) return 'keys-unavailable';
    return keys.get(kid) ?? 'unknown-kid';
  };

  return {
    refresh,
    ageMs: () => (fetchedAt === undefined ? undefined : clock.now() - fetchedAt),
    async find(kid) {
      const key = known(kid);
      if (typeof key !== 'string') return key;
      const mayFetch = underWay !== undefined || clock.now() - lastAttemptAt >= betweenFetchesMs;
      if (mayFetch) await refresh().catch(() => {});
      return known(kid);
    },
  };
}

const maxDocumentBytes = 100 * 1024;
const fetchTimeoutMs = 5000;

/** @throws Error if a document does not comply with OpenID Connect Discovery 1.0 or RFC 7517, or names another origin */
async function fetchKeySet(issuer: string, fetch: SigningKeysOptions['fetch']): Promise<unknown[]> {
  const base = issuer.replace(/\/$/, '');
  const discovery = await fetchJson(`${base}/.well-known/openid-configuration`, fetch);
  if (discovery['issuer'] !== issuer) throw new Error(`The discovery document of ${issuer} names another issuer.`);
  const jwksUri = String(discovery['jwks_uri']);
  if (!URL.canParse(jwksUri) || new URL(jwksUri).origin !== new URL(issuer).origin) {
    throw new Error(`The jwks_uri of ${issuer} is not on the origin of the issuer.`);
  }
  const { keys } = await fetchJson(jwksUri, fetch);
  if (!Array.isArray(keys)) throw new Error(`The key set of ${issuer} has no keys.`);
  return keys;
}

/**
 * Imports the keys that can verify the tokens. A key that cannot be used is logged and skipped (RFC 7517, section 5).
 * @throws Error if no key remains, or if two have the same kid
 */
async function importSigningKeys(keys: unknown[], issuer: string, log: OperatorLog): Promise<Map<string, CryptoKey>> {
  const imported = new Map<string, CryptoKey>();
  for (const jwk of (keys as JWK[]).filter(isCandidate)) {
    const key = await importSigningKey(jwk, log);
    if (key === undefined) continue;
    if (imported.has(jwk.kid)) throw new Error(`The key set of ${issuer} has two keys with the same kid.`);
    imported.set(jwk.kid, key);
  }
  if (imported.size === 0) throw new Error(`The key set of ${issuer} has no RS256 key with a kid.`);
  return imported;
}

async function importSigningKey(jwk: JWK & { kid: string }, log: OperatorLog): Promise<CryptoKey | undefined> {
  try {
    const key = (await importJWK(jwk, 'RS256')) as CryptoKey;
    const { modulusLength } = key.algorithm as { name: string; modulusLength: number };
    // RFC 7518, section 3.3.
    if (modulusLength >= 2048) return key;
    throw new Error('The key is shorter than 2048 bits.');
  } catch (error) {
    log('warning', 'signing-key-unusable', { kid: jwk.kid, error: describeFailure(error) });
    return undefined;
  }
}

function isCandidate(jwk: JWK | null): jwk is JWK & { kid: string } {
  if (jwk?.kty !== 'RSA' || typeof jwk.kid !== 'string' || jwk.kid === '') return false;
  return (jwk.use === undefined || jwk.use === 'sig') && (jwk.alg === undefined || jwk.alg === 'RS256');
}

async function fetchJson(url: string, fetch: SigningKeysOptions['fetch']): Promise<Record<string, unknown>> {
  const signal = AbortSignal.timeout(fetchTimeoutMs);
  const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`GET ${url} returned status ${response.status}.`);
  }
  const text = await readCapped(response, url);
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`GET ${url} did not return a JSON object.`);
  return parsed as Record<string, unknown>;
}

/** @throws Error for a body of more than 100 KB, without reading the rest */
async function readCapped({ body }: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxDocumentBytes) throw new Error(`GET ${url} returned more than 100 KB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
