import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSigningKeys } from '../../../broker/token/signing-keys.ts';
import { TokenError, verifyIdToken } from '../../../broker/token/verify.ts';
import { fakeClock } from '../../fake-clock.ts';
import { audience, issuerUrl, startTestIssuer } from '../issuer.ts';

const start = Date.UTC(2026, 10, 20, 12);
const seconds = start / 1000;

/** @returns `accepted`, or the problem */
async function verdictOn(make: (issuer: Awaited<ReturnType<typeof startTestIssuer>>) => Promise<string>) {
  const clock = fakeClock(start);
  const issuer = await startTestIssuer(clock);
  const keys = createSigningKeys({ issuer: issuerUrl, fetch: issuer.fetch, clock, log: () => {} });
  await keys.refresh();
  const token = await make(issuer);
  return verifyIdToken(token, { keys, issuer: issuerUrl, audience, nowMs: start }).then(
    () => 'accepted',
    (error) => (error instanceof TokenError ? error.problem : error),
  );
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('verifyIdToken', () => {
  it('accepts a token of the issuer', async () => {
    expect(await verdictOn((issuer) => issuer.sign())).toBe('accepted');
  });

  it.each([
    ['issuer', { iss: 'https://evil.example.com' }],
    ['issuer', { iss: `${issuerUrl}/` }],
    ['issuer', { iss: `${issuerUrl}/acme` }],
    ['audience', { aud: 'https://broker.example.com' }],
    ['audience', { aud: `${audience}/` }],
    ['audience', { aud: [audience] }],
    ['audience', { aud: [audience, 'https://other.example.com'] }],
    ['claims', { aud: null }],
    ['claims', { exp: null }],
    ['claims', { nbf: null }],
    ['claims', { iat: null }],
    ['claims', { jti: null }],
    ['claims', { jti: '' }],
    ['claims', { jti: 7 }],
    ['claims', { jti: 'x'.repeat(256) }],
    ['claims', { exp: 'tomorrow' }],
    ['claims', { iat: '0' }],
    ['accepted', { exp: seconds - 29 }],
    ['expired', { exp: seconds - 30 }],
    ['accepted', { nbf: seconds + 30 }],
    ['not-yet-valid', { nbf: seconds + 31 }],
    ['accepted', { iat: seconds + 30 }],
    ['not-yet-valid', { iat: seconds + 31 }],
    ['accepted', { iat: seconds - 300, exp: seconds + 86_400 }],
    ['too-old', { iat: seconds - 301, exp: seconds + 86_400 }],
    ['too-old', { iat: 0, exp: seconds + 86_400 }],
  ])('rejects with the code %s the claims %j', async (expected, claims) => {
    expect(await verdictOn((issuer) => issuer.sign(claims))).toBe(expected);
  });

  it('rejects a token that is signed with a key that the issuer does not publish', async () => {
    const unpublished = await verdictOn(async (issuer) => {
      await issuer.rotate(false);
      return issuer.sign({}, { kid: 'key-0' });
    });
    expect(unpublished).toBe('signature');
  });

  it.each([
    ['algorithm', { alg: 'none' }],
    ['algorithm', { alg: 'None' }],
    ['algorithm', { alg: 'HS256' }],
    ['algorithm', { alg: 'PS256' }],
    ['algorithm', { alg: 'RS512' }],
    ['no-kid', { alg: 'RS256', kid: undefined }],
    ['no-kid', { alg: 'RS256', kid: '' }],
    ['no-kid', { alg: 'RS256', kid: 5 }],
    ['unknown-kid', { alg: 'RS256', kid: '../key-0' }],
    ['unknown-kid', { alg: 'RS256', kid: '__proto__' }],
    ['malformed', { alg: 'RS256', crit: ['x'], x: 1 }],
  ])('rejects with the code %s the header %j', async (expected, header) => {
    const forged = async (issuer: Awaited<ReturnType<typeof startTestIssuer>>) => {
      const [, payload, signature] = (await issuer.sign()).split('.');
      return `${encode({ kid: 'key-0', ...header })}.${payload}.${signature}`;
    };
    expect(await verdictOn(forged)).toBe(expected);
  });

  it('rejects a token without a signature', async () => {
    const unsigned = async (issuer: Awaited<ReturnType<typeof startTestIssuer>>) => {
      const [header, payload] = (await issuer.sign()).split('.');
      return `${header}.${payload}.`;
    };
    expect(await verdictOn(unsigned)).toBe('signature');
  });

  it('rejects an HMAC with the public key as its secret', async () => {
    const confused = async (issuer: Awaited<ReturnType<typeof startTestIssuer>>) => {
      const keySet = await issuer.responses.get(`${issuerUrl}/.well-known/jwks`)?.().text();
      const [, payload] = (await issuer.sign()).split('.');
      const input = `${encode({ alg: 'HS256', kid: 'key-0' })}.${payload}`;
      return `${input}.${createHmac('sha256', keySet ?? '')
        .update(input)
        .digest('base64url')}`;
    };
    expect(await verdictOn(confused)).toBe('algorithm');
  });

  it('rejects claims that were changed after signing', async () => {
    const changed = async (issuer: Awaited<ReturnType<typeof startTestIssuer>>) => {
      const [header, payload = '', signature] = (await issuer.sign()).split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
      return `${header}.${encode({ ...claims, repository_id: '1' })}.${signature}`;
    };
    expect(await verdictOn(changed)).toBe('signature');
  });

  it.each(['', 'x', 'a.b', 'a.b.c', 'a.b.c.d', `${'a'.repeat(9000)}.b.c`])('rejects %j as malformed', async (text) => {
    expect(await verdictOn(async () => text)).toBe('malformed');
  });
});
