import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Clock } from '../../src/lib/clock.ts';

export const issuerUrl = 'https://token.actions.githubusercontent.com';
export const audience = 'https://broker.example.com/neon';

/** The claims of a job of acme/shop. */
export const jobClaims = {
  repository: 'acme/shop',
  repository_id: '812345678',
  repository_owner_id: '987654',
  run_id: '19876543210',
  run_attempt: '1',
  event_name: 'push',
  ref: 'refs/heads/main',
  actor: 'ada',
  actor_id: '42',
};

/** An issuer of ID tokens without a network. */
export interface TestIssuer {
  /** The responses by URL. Replace one to change it, or delete it to make the request fail. */
  responses: Map<string, () => Response>;
  /** The requested URLs. */
  requests: string[];
  fetch: typeof fetch;
  /** Signs a token of a job; `null` removes a claim. */
  sign(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  /** Signs with a new key from now on. @param isPublished whether it replaces the old one in the key set */
  rotate(isPublished: boolean): Promise<void>;
}

// Shared by all tests, because it takes a tenth of a second to generate a key.
const pairs = new Map<number, ReturnType<typeof generateKeyPair>>();
const pair = (index: number) => {
  const made = pairs.get(index) ?? generateKeyPair('RS256', { extractable: true });
  pairs.set(index, made);
  return made;
};

export async function startTestIssuer(clock: Pick<Clock, 'now'>): Promise<TestIssuer> {
  let current = 0;
  let jtis = 0;
  const published = async (): Promise<JWK> => ({
    ...(await exportJWK((await pair(current)).publicKey)),
    kid: `key-${current}`,
    use: 'sig',
    alg: 'RS256',
  });
  const requests: string[] = [];
  const responses = new Map<string, () => Response>();
  const publish = async () => {
    const keys = [await published()];
    responses.set(`${issuerUrl}/.well-known/jwks`, () => Response.json({ keys }));
  };
  responses.set(`${issuerUrl}/.well-known/openid-configuration`, () =>
    Response.json({ issuer: issuerUrl, jwks_uri: `${issuerUrl}/.well-known/jwks` }),
  );
  await publish();
  return {
    responses,
    requests,
    fetch: async (url) => {
      requests.push(String(url));
      const response = responses.get(String(url));
      if (!response) throw new TypeError('fetch failed');
      return response();
    },
    async sign(claims = {}, header = {}) {
      const now = Math.floor(clock.now() / 1000);
      jtis += 1;
      const times = { iat: now, nbf: now - 10, exp: now + 300, jti: `jti-${jtis}` };
      const all = { iss: issuerUrl, aud: audience, ...times, ...jobClaims, ...claims };
      const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
      const { privateKey } = await pair(current);
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid: `key-${current}`, ...header })
        .sign(privateKey);
    },
    async rotate(isPublished) {
      current += 1;
      if (isPublished) await publish();
    },
  };
}
