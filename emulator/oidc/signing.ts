import { randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { ClaimOverrides } from './claims.ts';

interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

/** How a token is signed. The default is a valid signature with the current key. */
export interface Signature {
  /**
   * `HS256`: an HMAC with the current public key (PEM) as its secret, which a verifier that trusts `alg` accepts.
   * `none`: without a signature.
   */
  alg?: 'RS256' | 'HS256' | 'none';
  /**
   * `previous`: the key before the last rotation. `unpublished`: a key that the issuer does not publish.
   * `forged`: the same, under the `kid` of the current key.
   */
  key?: 'current' | 'previous' | 'unpublished' | 'forged';
  /** Header parameters that override `alg`, `kid` and `typ`. `undefined` removes a parameter. */
  header?: Record<string, unknown>;
}

export interface Signer {
  sign(claims: ClaimOverrides, signature?: Signature): Promise<string>;
  /** Makes a new key the current one. The previous key stays published, unless `retire` is set. */
  rotate(options?: { retire?: boolean }): Promise<void>;
  /** The published keys, the current one first. */
  publicKeys(): Promise<JWK[]>;
}

/** Creates a signer with one key. */
export async function createSigner(): Promise<Signer> {
  let keys = [await makeKey()];
  let retired: SigningKey | undefined;

  async function keyFor(kind: Signature['key'] = 'current'): Promise<SigningKey> {
    const [current, previous] = keys as [SigningKey, SigningKey | undefined];
    if (kind === 'unpublished') return makeKey();
    if (kind === 'forged') return { ...(await makeKey()), kid: current.kid };
    if (kind === 'current') return current;
    const before = previous ?? retired;
    if (before === undefined) throw new Error('There is no previous key before a rotation.');
    return before;
  }

  return {
    async sign(claims, { alg = 'RS256', key, header } = {}) {
      const { kid, privateKey, publicKey } = await keyFor(key);
      const protectedHeader = { typ: 'JWT', alg, kid, ...header };
      if (alg === 'none') return `${encoded(protectedHeader)}.${encoded(claims)}.`;
      const secret = alg === 'HS256' ? Buffer.from(await exportSPKI(publicKey)) : privateKey;
      return new SignJWT(JSON.parse(JSON.stringify(claims))).setProtectedHeader(protectedHeader).sign(secret);
    },
    async rotate({ retire = false } = {}) {
      const [current] = keys;
      retired = current;
      keys = [await makeKey(), ...(retire || current === undefined ? [] : [current])];
    },
    publicKeys: () => Promise.all(keys.map(published)),
  };
}

async function makeKey(): Promise<SigningKey> {
  return { kid: randomUUID(), ...(await generateKeyPair('RS256', { extractable: true })) };
}

async function published({ kid, publicKey }: SigningKey): Promise<JWK> {
  return { use: 'sig', alg: 'RS256', kid, ...(await exportJWK(publicKey)) };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
