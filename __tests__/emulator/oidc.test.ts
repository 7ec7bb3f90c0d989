import { getIDToken } from '@actions/core';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { push, schedule } from '../../emulator/events.ts';
import { type OidcOptions, type OidcServer, startOidc } from '../../emulator/oidc.ts';

const open: OidcServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await Promise.all(open.splice(0).map((oidc) => oidc.close()));
});

async function start(options: OidcOptions = {}): Promise<OidcServer> {
  const oidc = await startOidc(options);
  open.push(oidc);
  return oidc;
}

const audience = 'https://broker.example.com';

async function configuration({ issuer }: OidcServer) {
  return json<{ issuer: string; jwks_uri: string }>(await fetch(`${issuer}/.well-known/openid-configuration`));
}

async function json<Body>(response: Response): Promise<Body> {
  return (await response.json()) as Body;
}

/** Verifies as a relying party does: discovery, keys, signature, issuer and audience. */
async function verify(oidc: OidcServer, token: string) {
  const { issuer, jwks_uri } = await configuration(oidc);
  const keys = createRemoteJWKSet(new URL(jwks_uri));
  return (await jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'] })).payload;
}

/** Requests a token with the variables of a job. */
async function request(variables: Record<string, string>, query = '', token?: string) {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: own = '' } = variables;
  const response = await fetch(url + query, { headers: { authorization: `bearer ${token ?? own}` } });
  return { status: response.status, body: await json<{ value: string }>(response) };
}

describe('an ID token of the emulated issuer', () => {
  it("can be requested with GitHub's own toolkit", async () => {
    const oidc = await start();
    for (const [name, value] of Object.entries(oidc.grant())) vi.stubEnv(name, value);
    // It masks the token on stdout.
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await verify(oidc, await getIDToken(audience))).toMatchObject({
      event_name: 'pull_request',
      ref: 'refs/pull/1/merge',
      base_ref: 'main',
      sub: 'repo:acme/shop:pull_request',
      repository: 'acme/shop',
      repository_id: '812345678',
      repository_owner_id: '9001',
      run_id: '19876543210',
      run_attempt: '1',
      workflow_ref: 'acme/shop/.github/workflows/ci.yml@refs/pull/1/merge',
      job_workflow_ref: 'acme/shop/.github/workflows/ci.yml@refs/pull/1/merge',
      runner_environment: 'github-hosted',
      repository_visibility: 'private',
      actor: 'ada',
    });
    expect(oidc.requests.map(({ operation }) => operation)).toEqual(['requestIdToken', 'getConfiguration', 'getKeys']);
  });

  it("has the owner's URL as its default audience, and is new for each request", async () => {
    const oidc = await start();
    const variables = oidc.grant();
    const [one, two] = [await request(variables), await request(variables)].map(({ body }) => decodeJwt(body.value));
    expect(one?.aud).toBe('https://github.com/acme');
    expect(one?.jti).not.toBe(two?.jti);
  });

  it('is valid for five minutes, and can be requested for six hours', async () => {
    let timeMs = Date.UTC(2026, 5, 1);
    const oidc = await start({ now: () => new Date(timeMs) });
    const variables = oidc.grant();
    timeMs += 6 * 3_600_000;
    const { exp = 0, iat = 0, nbf = 0 } = decodeJwt((await request(variables)).body.value);
    expect([iat * 1000, exp - iat, iat - nbf]).toEqual([timeMs, 300, 600]);
    timeMs += 1;
    expect((await request(variables)).status).toBe(401);
  });

  it('cannot be requested with another request token, or after a reset', async () => {
    const oidc = await start();
    const variables = oidc.grant();
    expect((await request(variables, '', 'another')).status).toBe(401);
    expect((await request(variables)).status).toBe(200);
    await oidc.reset();
    expect((await request(variables)).status).toBe(401);
  });

  it.each([
    ['a push', { event: push() }, 'repo:acme/shop:ref:refs/heads/main'],
    ['a schedule', { event: schedule() }, 'repo:acme/shop:ref:refs/heads/main'],
    ['an environment', { event: push(), environment: 'production' }, 'repo:acme/shop:environment:production'],
    ['another repository', { claims: { repository: 'acme/other' } }, 'repo:acme/other:pull_request'],
    ['a subject of its own', { claims: { sub: 'anything' } }, 'anything'],
  ])('has the subject of %s', async (_, job, sub) => {
    const oidc = await start();
    const { body } = await request(oidc.grant(job), `&audience=${encodeURIComponent(audience)}`);
    expect(await verify(oidc, body.value)).toMatchObject({ sub });
  });
});

describe('the signing keys of the emulated issuer', () => {
  it('can be rotated, with the previous key valid until it is retired', async () => {
    const oidc = await start();
    const before = await oidc.idToken(audience);
    await oidc.rotate();
    const after = await oidc.idToken(audience);
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    await verify(oidc, before);
    await verify(oidc, after);
    await oidc.rotate({ retire: true });
    await expect(verify(oidc, after)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    const previous = await oidc.idToken(audience, {}, { key: 'previous' });
    expect(decodeProtectedHeader(previous).kid).toBe(decodeProtectedHeader(after).kid);
  });

  it('are published without their private part', async () => {
    const oidc = await start();
    await oidc.rotate();
    const text = await (await fetch(`${oidc.issuer}/.well-known/jwks`)).text();
    const { keys } = JSON.parse(text);
    expect(keys.map((key: object) => Object.keys(key).sort())).toEqual(
      Array.from({ length: 2 }, () => ['alg', 'e', 'kid', 'kty', 'n', 'use']),
    );
  });
});

describe('an invalid ID token of the emulated issuer', () => {
  it.each([
    ['without a signature', { alg: 'none' }, 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['signed with the public key as a secret', { alg: 'HS256' }, 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['of an unknown key', { key: 'unpublished' }, 'ERR_JWKS_NO_MATCHING_KEY'],
    ['of another key under a known kid', { key: 'forged' }, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['of another kid', { header: { kid: 'other' } }, 'ERR_JWKS_NO_MATCHING_KEY'],
  ] as const)('is rejected by jose if it is %s', async (_, signature, code) => {
    const oidc = await start();
    const token = await oidc.idToken(audience, {}, signature);
    expect(decodeJwt(token)).toMatchObject({ iss: oidc.issuer, aud: audience });
    await expect(verify(oidc, token)).rejects.toMatchObject({ code });
  });

  it.each([
    ['expired', { exp: 1 }, 'ERR_JWT_EXPIRED'],
    ['not yet valid', { nbf: 9_999_999_999 }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['of another issuer', { iss: 'https://example.com' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['for another audience', { aud: 'https://example.com' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ])('is rejected by jose if it is %s', async (_, claims, code) => {
    const oidc = await start();
    await expect(verify(oidc, await oidc.idToken(audience, { claims }))).rejects.toMatchObject({ code });
  });

  it('can be one that jose accepts, without kid, jti or iat, from the future or for several audiences', async () => {
    const oidc = await start();
    const withoutKid = await oidc.idToken(audience, {}, { header: { kid: undefined } });
    expect(decodeProtectedHeader(withoutKid)).toEqual({ typ: 'JWT', alg: 'RS256' });
    const claims = { jti: undefined, iat: undefined, aud: [audience, 'https://example.com'] };
    const payload = await verify(oidc, await oidc.idToken(audience, { claims }));
    expect([payload.jti, payload.iat, payload.aud]).toEqual([undefined, undefined, claims.aud]);
    const future = { iat: 9_999_999_999, exp: 9_999_999_999 };
    expect(await verify(oidc, await oidc.idToken(audience, { claims: future }))).toMatchObject(future);
    expect(decodeJwt(await oidc.sign({ any: 'claim' }))).toEqual({ any: 'claim' });
  });
});

describe('an outage of the emulated issuer', () => {
  it('can affect each endpoint', async () => {
    const oidc = await start({
      faults: [
        { operation: 'getKeys', fault: { type: 'status', status: 500 } },
        { operation: 'getConfiguration', fault: { type: 'merge', patch: { jwks_uri: 'https://example.com/keys' } } },
        { operation: 'requestIdToken', nth: 1, fault: { type: 'status', status: 503 } },
        { operation: 'requestIdToken', nth: 2, fault: { type: 'drop-before' } },
        {
          operation: 'requestIdToken',
          nth: 3,
          fault: { type: 'status', status: 302, headers: { location: 'https://example.com/' } },
        },
      ],
    });
    expect((await fetch(`${oidc.issuer}/.well-known/jwks`)).status).toBe(500);
    expect((await configuration(oidc)).jwks_uri).toBe('https://example.com/keys');
    const variables = oidc.grant();
    expect((await request(variables)).status).toBe(503);
    await expect(request(variables)).rejects.toThrow('fetch failed');
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url } = variables;
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(302);
    expect((await request(variables)).status).toBe(200);
  });

  it('can be a huge valid body', async () => {
    const oidc = await start({ faults: [{ fault: { type: 'merge', patch: { padding: 'x'.repeat(200_000) } } }] });
    const response = await fetch(`${oidc.issuer}/.well-known/jwks`);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(200_000);
    expect((await json<{ keys: object[] }>(response)).keys).toHaveLength(1);
  });
});

it('the emulated issuer shows no key and no request token at its control endpoint', async () => {
  const oidc = await start();
  const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = oidc.grant();
  const state = await (await fetch(`${oidc.url}/_emulator/state`)).text();
  expect(Object.keys(JSON.parse(state))).toEqual(['issuer', 'kids']);
  expect(state).not.toContain(token);
});
