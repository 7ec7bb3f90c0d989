import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { doneBut, type Fate, failing } from '../fake-neon.ts';
import { issuerUrl, jobClaims } from './issuer.ts';
import { type BrokerWorld, inBrokerWorld, nonce, policyText, projectId, start } from './world.ts';

/** The parts of an error that a caller needs. */
const verdict = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['code'],
  body['key_may_exist'],
];

describe('POST /v1/keys', () => {
  it('mints a key for the project, named after the run, with its expiry', () =>
    inBrokerWorld(async ({ post, neon }) => {
      const { status, body, headers } = await post({ label: 'shop tests' });
      expect(status).toBe(201);
      expect(body).toEqual({
        id: '1',
        name: 'shop tests ~gha.dfndxq.94pzawa-1.t2s0.nonce00001',
        key: 'token-of-1',
        project_id: projectId,
        created_at: new Date(start).toISOString(),
        expires_at: new Date(start + 3_600_000).toISOString(),
      });
      expect(neon.active).toMatchObject([{ id: '1', project_id: projectId }]);
      expect(headers.get('cache-control')).toBe('no-store');
    }));

  it('returns errors in the format of RFC 9457, with the request ID', () =>
    inBrokerWorld(async ({ post }) => {
      const { status, headers, body } = await post({}, null);
      expect(status).toBe(401);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(body).toEqual({
        type: 'https://github.com/neon-org-action/neon-org-action/blob/v1/docs/keyless.md#invalid-token',
        title: 'The ID token is not accepted',
        status: 401,
        detail: 'The request has no ID token. Send it in the header `Authorization: Bearer`.',
        code: 'invalid-token',
        reason: 'missing',
        request_id: headers.get('x-request-id'),
        key_may_exist: false,
      });
    }));

  it('rejects a body of more than 8 KB before it reads the token', () =>
    inBrokerWorld(async ({ post }) => {
      const response = await post({ label: 'x'.repeat(8200) }, null);
      expect(verdict(response)).toEqual([400, 'invalid-request', false]);
      expect(response.body['detail']).toContain('8 KB');
    }));

  it.each([
    ['a body that is not JSON', '{'],
    ['a nonce of 9 characters', { nonce: 'abcdefghi' }],
    ['a nonce of 17 characters', { nonce: 'abcdefghijklmnopq' }],
    ['a nonce with an upper-case letter', { nonce: 'Abcdefghijk' }],
    ['a label of 25 characters', { label: 'x'.repeat(25) }],
    ['a label with a tilde', { label: '~gha' }],
    ['an unknown field', { lifetime: '6h' }],
    ['a project id that is not one', { project_id: '../x' }],
  ])('rejects %s', (_, body) =>
    inBrokerWorld(async ({ post, neon }) => {
      expect(verdict(await post(body))).toEqual([400, 'invalid-request', false]);
      expect(neon.calls).toEqual(['listOrgApiKeys']);
    }),
  );

  it('rejects a name of more than 64 bytes, which IDs of another server can cause', () =>
    inBrokerWorld(
      async ({ post, issuer, neon }) => {
        const largest = '9007199254740991';
        const claims = { repository_id: largest, run_id: largest, run_attempt: largest };
        const tooLong = await post({ nonce: 'abcdefghijklmnop' }, `Bearer ${await issuer.sign(claims)}`);
        expect(verdict(tooLong)).toEqual([400, 'invalid-request', false]);
        const shorter = await post({ nonce: 'abcdefghij' }, `Bearer ${await issuer.sign(claims)}`);
        expect([shorter.status, neon.active.length]).toEqual([201, 1]);
      },
      policyText.replace('812345678', '9007199254740991').replace('1h', '6h'),
      { GITHUB_SERVER_URL: 'https://github.example.com' },
    ));

  it('accepts an ID token once, and reports that a copy of the request may have created a key', () =>
    inBrokerWorld(async ({ post, issuer, audit }) => {
      const token = `Bearer ${await issuer.sign()}`;
      expect((await post({}, token)).status).toBe(201);
      const copy = await post({ nonce: 'nonce00002' }, token);
      expect(verdict(copy)).toEqual([401, 'invalid-token', true]);
      expect(audit).toHaveLength(1);
    }));

  it('rejects a used nonce, even if its key was revoked', () =>
    inBrokerWorld(async ({ post, delete: remove, neon }) => {
      await post();
      expect(verdict(await post())).toEqual([409, 'nonce-used', true]);
      await remove(nonce);
      expect(verdict(await post())).toEqual([409, 'nonce-used', true]);
      expect(neon.active).toHaveLength(0);
    }));

  it('rejects a nonce that is only known from the list, for example after a restart', () =>
    inBrokerWorld(async ({ post, neon, broker }) => {
      neon.add('other label ~gha.dfndxq.94pzawa-1.t2s0.nonce00001');
      await broker.keeper.sweep();
      expect(verdict(await post())).toEqual([409, 'nonce-used', true]);
    }));

  it('rejects a nonce that another replica has just used, because Neon already has the name', () =>
    inBrokerWorld(async ({ post, neon }) => {
      neon.add('~gha.dfndxq.94pzawa-1.t2s0.nonce00001');
      expect(verdict(await post())).toEqual([409, 'nonce-used', true]);
      expect(neon.active).toHaveLength(1);
    }));

  it('accepts the same nonce for another attempt of the run', () =>
    inBrokerWorld(async ({ post, issuer }) => {
      await post();
      expect((await post({}, `Bearer ${await issuer.sign({ run_attempt: '2' })}`)).status).toBe(201);
    }));

  it("denies a request without a grant, and shows the caller's values but not the policy", () =>
    inBrokerWorld(async ({ post, issuer }) => {
      const token = `Bearer ${await issuer.sign({ ref: 'refs/heads/evil', event_name: 'workflow_dispatch' })}`;
      const response = await post({ project_id: 'other-project' }, token);
      expect(verdict(response)).toEqual([403, 'denied', false]);
      expect(response.body['grants']).toEqual([
        {
          grant: 'shop main',
          failed: [
            { claim: 'project_id', actual: 'other-project' },
            { claim: 'event_name', actual: 'workflow_dispatch' },
            { claim: 'ref', actual: 'refs/heads/evil' },
          ],
        },
      ]);
      expect(JSON.stringify(response.body)).not.toContain(projectId);
      expect(JSON.stringify(response.body)).not.toContain('refs/heads/main');
    }));

  it("explains only grants of the caller's repository", () =>
    inBrokerWorld(async ({ post, issuer }) => {
      const response = await post({}, `Bearer ${await issuer.sign({ repository_id: '5' })}`);
      expect(verdict(response)).toEqual([403, 'denied', false]);
      expect(response.body['grants']).toEqual([]);
      expect(JSON.stringify(response.body)).not.toContain('shop main');
    }));

  it('denies a repository that was transferred to another owner', () =>
    inBrokerWorld(async ({ post, issuer }) => {
      const response = await post({}, `Bearer ${await issuer.sign({ repository_owner_id: '1' })}`);
      expect(verdict(response)).toEqual([403, 'denied', false]);
      expect(response.body['grants']).toEqual([]);
    }));

  it('never reads `sub`', () =>
    inBrokerWorld(async ({ post, issuer }) => {
      const sub = 'repo:acme/shop:ref:refs/heads/main';
      expect((await post({}, `Bearer ${await issuer.sign({ sub, ref: 'refs/heads/evil' })}`)).status).toBe(403);
      const other = `Bearer ${await issuer.sign({ sub: 'repo:evil/evil:environment:x' })}`;
      expect((await post({ nonce: 'nonce00002' }, other)).status).toBe(201);
    }));

  it('marks keys of another GitHub server', () =>
    inBrokerWorld(
      async ({ post }) => {
        expect((await post()).body['name']).toMatch(/^~gh-[0-9a-z]{3}\.dfndxq\./);
      },
      policyText,
      { GITHUB_SERVER_URL: 'https://github.example.com' },
    ));

  it('stops minting with an empty list of grants, but still revokes', () =>
    inBrokerWorld(
      async ({ post, neon, broker, clock }) => {
        expect(verdict(await post())).toEqual([403, 'denied', false]);
        neon.add('~gha.dfndxq.94pzawa-1.t2s0.nonce00001');
        clock.advance(3_600_000);
        expect(await broker.keeper.sweep()).toMatchObject({ revoked: 1 });
      },
      policyText.replace(/grants:.*/s, 'grants: []\n'),
    ));

  it('responds to an unknown path or method with a problem document', () =>
    inBrokerWorld(async ({ broker }) => {
      for (const [method, path] of [
        ['GET', '/v1/keys'],
        ['POST', '/'],
        ['GET', '/metrics'],
        ['GET', '/readyz'],
      ] as const) {
        const response = await broker.app.request(path, { method });
        expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store']);
      }
      expect(await (await broker.app.request('/healthz')).text()).toBe('ok');
    }));
});

describe('the outcome of a mint', () => {
  const cases: [string, Fate, [number, string, boolean]][] = [
    ['a refusal of Neon', { failure: { kind: 'refused', status: 404, code: '' } }, [502, 'neon-refused', false]],
    [
      'a rate limit of Neon',
      { failure: { kind: 'not-done', status: 429, code: 'X' } },
      [503, 'neon-unavailable', false],
    ],
    ['a 429 of a gateway', doneBut('not-done', 429), [504, 'outcome-unknown', true]],
    ['no connection', { failure: { kind: 'not-done' } }, [503, 'neon-unavailable', false]],
    ['a 503', doneBut('unavailable', 503), [503, 'neon-unavailable', true]],
    ['a lost response', doneBut('unknown'), [504, 'outcome-unknown', true]],
  ];

  it.each(cases)('is correct for %s', (_, fate, expected) =>
    inBrokerWorld(async ({ post, neon, log }) => {
      neon.fate = (operation) => (operation === 'createOrgApiKey' ? fate : {});
      const response = await post();
      expect(verdict(response)).toEqual(expected);
      expect(JSON.stringify(response.body)).not.toContain('neon-request-1');
      await settled();
      expect(neon.active).toHaveLength(0);
      const { request_id } = response.body;
      expect(log).toMatchObject([
        { code: 'neon-request-failed', request_id, error: expect.stringContaining('neon-request-1') },
      ]);
    }),
  );

  it('is unknown after a response about another key, which is not revoked', () =>
    inBrokerWorld(async ({ post, neon }) => {
      const other = neon.add('something else');
      neon.fate = (operation) => (operation === 'createOrgApiKey' ? { response: { project_id: 'other-project' } } : {});
      expect(verdict(await post())).toEqual([504, 'outcome-unknown', true]);
      await settled();
      expect(neon.active.map(({ id }) => id)).toEqual([other]);
    }));

  it('is a revoked key if the caller has disconnected in the meantime', () =>
    inBrokerWorld(async ({ issuer, broker, neon }) => {
      const gone = new AbortController();
      neon.fate = (operation) => {
        if (operation === 'createOrgApiKey') gone.abort();
        return {};
      };
      const body = JSON.stringify({ project_id: projectId, nonce });
      const headers = { authorization: `Bearer ${await issuer.sign()}` };
      await broker.app.request('/v1/keys', { method: 'POST', headers, body, signal: gone.signal });
      expect(neon.calls).toContain('createOrgApiKey');
      expect(neon.active).toHaveLength(0);
    }));

  it('does not reveal the admin key when Neon refuses it, and is reported', () =>
    inBrokerWorld(async ({ post, neon, broker }) => {
      neon.fate = () => ({ failure: { kind: 'refused', status: 401, code: '' } });
      const response = await post();
      expect(verdict(response)).toEqual([502, 'neon-refused', false]);
      expect(JSON.stringify(response.body)).not.toContain('an-admin-key');
      expect(await metric(broker, 'neon_broker_admin_key_invalid')).toBe(1);
      expect((await broker.monitoring.request('/readyz')).status).toBe(503);
    }));
});

describe('DELETE /v1/keys/{nonce}', () => {
  it('revokes the key of the nonce', () =>
    inBrokerWorld(async ({ post, delete: remove, neon }) => {
      const { body } = await post();
      expect(await remove(nonce)).toMatchObject({ status: 200, body: { revoked: [body['id']], pending: false } });
      expect(neon.active).toHaveLength(0);
    }));

  it('revokes a key that the list does not show yet', () =>
    inBrokerWorld(async ({ post, delete: remove, neon }) => {
      neon.fate = (operation) => (operation === 'listOrgApiKeys' ? { behindMs: 4000 } : {});
      const { body } = await post();
      expect(await remove(nonce)).toMatchObject({ status: 200, body: { revoked: [body['id']], pending: false } });
      expect(neon.active).toHaveLength(0);
    }));

  it('revokes a new key that neither the replica for the request nor the list has yet', () =>
    inBrokerWorld(async ({ post, delete: remove, neon }) => {
      const { body } = await post();
      const fates: Record<string, Fate[]> = {
        revokeOrgApiKey: [failing('refused', 404)],
        listOrgApiKeys: [{ behindMs: 4000 }, { behindMs: 4000 }],
      };
      neon.fate = (operation) => fates[operation]?.shift() ?? {};
      expect(await remove(nonce)).toMatchObject({ status: 200, body: { revoked: [body['id']], pending: false } });
      expect(neon.active).toHaveLength(0);
    }));

  it('is pending while the list may not show the key of an earlier mint yet', () =>
    inBrokerWorld(async ({ post, delete: remove, neon, clock }) => {
      neon.fate = (operation) => (operation === 'createOrgApiKey' ? failing('refused', 409) : {});
      await post();
      neon.fate = () => ({});
      expect((await remove(nonce)).body).toEqual({ nonce, revoked: [], pending: true });
      clock.advance(11_000);
      expect((await remove(nonce)).body).toEqual({ nonce, revoked: [], pending: false });
    }));

  it('reports that no key was revoked for a nonce without a key', () =>
    inBrokerWorld(async ({ delete: remove }) => {
      expect(await remove(nonce)).toMatchObject({ status: 200, body: { revoked: [], pending: false } });
    }));

  it.each([
    ['run', { run_id: '1' }],
    ['attempt', { run_attempt: '2' }],
    ['repository', { repository_id: '1' }],
  ])('never touches a key of another %s', (_, claims) =>
    inBrokerWorld(async ({ post, delete: remove, neon, issuer }) => {
      await post();
      const token = `Bearer ${await issuer.sign(claims)}`;
      expect(await remove(nonce, token)).toMatchObject({ status: 200, body: { revoked: [] } });
      expect(neon.active).toHaveLength(1);
    }),
  );

  it('requires no grant, but a token of the owner', () =>
    inBrokerWorld(async ({ post, delete: remove, issuer }) => {
      await post();
      const ungranted = `Bearer ${await issuer.sign({ event_name: 'pull_request_target', ref: 'refs/heads/x' })}`;
      expect((await remove(nonce, ungranted)).status).toBe(200);
      const foreign = await remove(nonce, `Bearer ${await issuer.sign({ repository_owner_id: '1' })}`);
      expect(verdict(foreign)).toEqual([403, 'denied', true]);
      expect(verdict(await remove(nonce, null))).toEqual([401, 'invalid-token', true]);
    }));

  it('can be repeated with the same token', () =>
    inBrokerWorld(async ({ post, delete: remove, issuer }) => {
      await post();
      const token = `Bearer ${await issuer.sign()}`;
      expect((await remove(nonce, token)).status).toBe(200);
      expect((await remove(nonce, token)).status).toBe(200);
    }));

  it('is pending after an unknown outcome, and a key that appears later is revoked at once', () =>
    inBrokerWorld(async ({ post, delete: remove, neon, clock, broker }) => {
      neon.fate = (operation) => (operation === 'createOrgApiKey' ? failing('unknown') : {});
      const lost = post();
      expect((await lost).status).toBe(504);
      expect((await remove(nonce)).body).toMatchObject({ revoked: [] });
      await settled();
      clock.advance(60_000);
      neon.add('~gha.dfndxq.94pzawa-1.t2s0.nonce00001');
      await broker.keeper.sweep();
      await settled();
      expect(neon.active).toHaveLength(0);
      expect((await remove(nonce)).body).toEqual({ nonce, revoked: [], pending: false });
    }));

  it('fails while Neon is unavailable, because a key may be active', () =>
    inBrokerWorld(async ({ post, delete: remove, neon }) => {
      await post();
      neon.fate = () => failing('unavailable', 503);
      expect(verdict(await remove(nonce))).toEqual([503, 'neon-unavailable', true]);
      neon.fate = () => ({});
      expect((await remove(nonce)).body).toMatchObject({ revoked: ['1'] });
    }));

  it('rejects more than 200 nonces of one run', () =>
    inBrokerWorld(async ({ delete: remove }) => {
      for (let index = 0; index < 200; index += 1) await remove(`nonce${String(index).padStart(5, '0')}`);
      expect(verdict(await remove('nonce99999'))).toEqual([429, 'limit-reached', true]);
    }));

  it('never revokes a key of an earlier direct mint, even with the same nonce', () =>
    inBrokerWorld(async ({ delete: remove, neon }) => {
      neon.add('~gha.dfndxq.94pzawa-1.j.nonce00001');
      await remove(nonce);
      expect(neon.active).toHaveLength(1);
    }));
});

describe('limits', () => {
  const postMany = async ({ post, issuer }: BrokerWorld, many: number, claims = (_: number) => ({})) => {
    const statuses: number[] = [];
    for (let index = 0; index < many; index += 1) {
      const token = `Bearer ${await issuer.sign(claims(index))}`;
      statuses.push((await post({ nonce: `nonce${String(index).padStart(5, '0')}` }, token)).status);
    }
    return statuses;
  };

  it('allow 20 active keys of a run', () =>
    inBrokerWorld(async (world) => {
      expect((await postMany(world, 21)).slice(18)).toEqual([201, 201, 429]);
      await world.delete('nonce00000');
      expect((await world.post({ nonce: 'another0001' })).status).toBe(201);
    }));

  it('allow 30 mints per minute for a repository', () =>
    inBrokerWorld(async (world) => {
      const statuses = await postMany(world, 31, (index) => ({ run_id: String(100 + index) }));
      expect(statuses.slice(28)).toEqual([201, 201, 429]);
      world.clock.advance(60_001);
      expect((await world.post({ nonce: 'another0001' })).status).toBe(201);
    }));

  it('allow 100 active keys of a repository, counted in the list', () =>
    inBrokerWorld(async ({ post, neon, broker }) => {
      for (let index = 0; index < 100; index += 1) neon.add(`~gha.dfndxq.${index + 1}-1.t2s0.nonce${index}abcde`);
      await broker.keeper.sweep();
      const response = await post();
      expect(verdict(response)).toEqual([429, 'limit-reached', false]);
      expect(response.headers.get('retry-after')).toBe('60');
    }));

  it('allow no mint above 9,000 keys of any kind in the organization', () =>
    inBrokerWorld(async ({ post, neon, broker }) => {
      for (let index = 0; index < 9000; index += 1) neon.add(`by hand ${index}`);
      await broker.keeper.sweep();
      const response = await post();
      expect(response.body['detail']).toContain('The limit of 9000 keys in the organization has been reached.');
    }));

  it('do not count a mint that was refused', () =>
    inBrokerWorld(async (world) => {
      world.neon.fate = () => failing('refused', 400);
      await postMany(world, 20);
      world.neon.fate = () => ({});
      expect((await world.post({ nonce: 'another0001' })).status).toBe(201);
    }));
});

describe('minting stops', () => {
  it('before the first list', () =>
    inBrokerWorld(async (world) => {
      const { startBroker } = await import('./world.ts');
      const broker = await startBroker(world);
      const headers = { authorization: `Bearer ${await world.issuer.sign()}` };
      const body = JSON.stringify({ project_id: projectId, nonce });
      const response = await broker.app.request('/v1/keys', { method: 'POST', headers, body });
      expect(await response.json()).toMatchObject({ code: 'busy', key_may_exist: false });
    }));

  it('when the keys could not be listed for 5 minutes', () =>
    inBrokerWorld(async ({ post, clock, neon, broker }) => {
      neon.fate = () => failing('unknown');
      await broker.keeper.sweep().catch(() => {});
      clock.advance(300_001);
      expect(verdict(await post())).toEqual([503, 'neon-unavailable', false]);
    }));

  it.each([61_000, -61_000])('when the clocks of Neon and the host differ by %i ms', (aheadMs) =>
    inBrokerWorld(async ({ post, neon, broker }) => {
      neon.aheadMs = aheadMs;
      await broker.keeper.sweep();
      const response = await post();
      expect(verdict(response)).toEqual([503, 'busy', false]);
      expect(response.body).toMatchObject({ detail: expect.stringContaining('differ by 61 s') });
      expect(await metric(broker, 'neon_broker_clock_skew_seconds')).toBe(aheadMs / 1000);
      neon.aheadMs = 0;
      await broker.keeper.sweep();
      expect((await post()).status).toBe(201);
    }),
  );
});

describe('the audit log of the broker', () => {
  it('has one line per decision and revocation, and never contains a token', () =>
    inBrokerWorld(async ({ post, delete: remove, issuer, audit }) => {
      const token = await issuer.sign({ jti: 'jti-of-the-first' });
      await post({}, `Bearer ${token}`);
      await post({ nonce: 'nonce00002' }, `Bearer ${await issuer.sign({ ref: 'refs/heads/x' })}`);
      await remove(nonce);
      expect(audit.map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
        'mint minted',
        'mint denied',
        'revoke revoked',
        'delete deleted',
      ]);
      expect(audit[0]).toEqual({
        time: new Date(start).toISOString(),
        event: 'mint',
        request_id: 'request-1',
        policy: expect.stringMatching(/^[0-9a-f]{12}$/),
        grant: 'shop main',
        claims: { ...jobClaims, jti: 'jti-of-the-first' },
        project_id: projectId,
        key_id: '1',
        key_name: '~gha.dfndxq.94pzawa-1.t2s0.nonce00001',
        outcome: 'minted',
      });
      expect(audit[1]).toMatchObject({ reason: 'shop main: ref' });
      const text = JSON.stringify(audit);
      for (const secret of [token, token.split('.')[2], 'token-of-key', 'an-admin-key'])
        expect(text).not.toContain(secret);
    }));

  it('does not contain requests without a valid token, which only a counter shows', () =>
    inBrokerWorld(async ({ post, delete: remove, broker, audit, neon }) => {
      await post({}, null);
      await post({}, 'Bearer x.y.z');
      await remove(nonce, 'Basic abc');
      expect(audit).toEqual([]);
      expect(neon.calls).toEqual(['listOrgApiKeys']);
      const text = await (await broker.monitoring.request('/metrics')).text();
      expect(text).toContain('neon_broker_invalid_tokens_total{reason="missing"} 1');
      expect(text).toContain('neon_broker_invalid_tokens_total{reason="malformed"} 2');
    }));
});

describe('rereading the policy', () => {
  it('applies a changed policy from the next minute', () =>
    inBrokerWorld(async ({ post, broker, policyFile, log }) => {
      writeFileSync(policyFile, policyText.replace('refs/heads/main', 'refs/heads/next'));
      await broker.reread();
      expect(verdict(await post())).toEqual([403, 'denied', false]);
      expect(log).toMatchObject([{ code: 'policy-changed' }]);
    }));

  it.each([
    ['invalid', policyText.replace('grants', 'grant')],
    ['for another organization', policyText.replace('org-sunny', 'org-rainy')],
  ])('keeps the previous policy and reports a file that is %s', (_, text) =>
    inBrokerWorld(async ({ post, broker, policyFile, log }) => {
      writeFileSync(policyFile, text);
      await broker.reread();
      expect((await post()).status).toBe(201);
      expect(log).toMatchObject([{ level: 'error', code: 'policy-invalid' }]);
      expect(await metric(broker, 'neon_broker_policy_invalid')).toBe(1);
      const ready = await broker.monitoring.request('/readyz');
      expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ policy: false })]);
    }),
  );
});

describe('POST /v1/keys, when the issuer cannot be reached', () => {
  it('returns 503 without judging the token', () =>
    inBrokerWorld(async ({ post, issuer }) => {
      issuer.responses.delete(`${issuerUrl}/.well-known/openid-configuration`);
      expect(verdict(await post())).toEqual([503, 'busy', false]);
    }));
});

/** Lets work in the background finish. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
}

async function metric(broker: BrokerWorld['broker'], name: string): Promise<number> {
  const text = await (await broker.monitoring.request('/metrics')).text();
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
}
