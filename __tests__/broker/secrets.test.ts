import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../broker/secrets.ts';
import { neonError } from '../fake-neon.ts';
import { inBrokerWorld, nonce, start } from './world.ts';

const adminKey = 'an-admin-key-of-the-test';

/** The admin key, and encodings of it that redaction does not recognize. */
const quotations = {
  plain: `bad ${adminKey}`,
  'hex with colons': Buffer.from(adminKey)
    .toString('hex')
    .replace(/..(?=.)/g, '$&:'),
  'percent-encoding': [...Buffer.from(adminKey)].map((byte) => `%${byte.toString(16)}`).join(''),
  'HTML entities': [...Buffer.from(adminKey)].map((byte) => `&#${byte};`).join(''),
  'upper case': adminKey.toUpperCase(),
  'two halves': `${adminKey.slice(0, 12)} ${adminKey.slice(12)}`,
  'wrapped base64': Buffer.from(`x${adminKey}`).toString('base64').replace(/.{10}/g, '$&\n'),
};

describe("Neon's text", () => {
  const fields = ['reason', 'code', 'requestId'] as const;
  const cases = fields.flatMap((field) => Object.entries(quotations).map(([how, text]) => [field, how, text] as const));

  it.each(cases)('in the %s is neither returned nor audited: %s', (field, _how, text) =>
    inBrokerWorld(async ({ neon, post, delete: remove, audit, log }) => {
      const failure = { kind: 'refused' as const, status: 403, reason: 'bad request', [field]: text };
      neon.createOrgApiKey = () => Promise.reject(neonError(failure));
      neon.listOrgApiKeys = () => Promise.reject(neonError(failure));
      const responses = [await post(), await remove(nonce)];
      const request_id = responses.map(({ body }) => body['request_id']);
      expect(responses.map(({ body }) => body['detail'])).toEqual(
        Array(2).fill(
          'Neon responded to x with the status 403. The log of the broker contains the details and this request ID.',
        ),
      );
      expect(audit).toMatchObject(responses.map(({ body }) => ({ reason: body['detail'] })));
      expect(log).toMatchObject(request_id.map((id) => ({ code: 'neon-request-failed', request_id: id })));
      expect(JSON.stringify([responses, audit, log])).not.toContain(adminKey);
    }),
  );

  it.each([
    [
      'a refusal',
      { kind: 'refused', status: 404, code: 'NOT_FOUND' },
      'Neon responded to x with the status 404 and the code NOT_FOUND.',
    ],
    ['no connection', { kind: 'not-done' }, 'The broker could not connect to Neon for x.'],
    ['a lost response', { kind: 'unknown' }, "The broker did not receive Neon's response for x."],
  ] as const)('is replaced by what the broker knows after %s', (_case, failure, detail) =>
    inBrokerWorld(async ({ neon, post }) => {
      neon.createOrgApiKey = () => Promise.reject(neonError(failure));
      expect((await post()).body['detail']).toBe(
        `${detail} The log of the broker contains the details and this request ID.`,
      );
    }),
  );
});

describe('the admin key in a response of Neon', () => {
  it.each(['reason', 'code', 'requestId'] as const)('is hidden in every output when the %s quotes it', (field) =>
    inBrokerWorld(async ({ neon, broker, post, delete: remove, audit, log }) => {
      const failure = { kind: 'refused' as const, status: 403, [field]: `bad ${adminKey}` };
      neon.createOrgApiKey = () => Promise.reject(neonError(failure));
      neon.listOrgApiKeys = () => Promise.reject(neonError(failure));
      const responses = [await post(), await remove(nonce)];
      await expect(broker.keeper.sweep()).rejects.toThrow();
      const metrics = await (await broker.monitoring.request('/metrics')).text();
      expect(JSON.stringify([responses, audit, log, metrics])).not.toContain(adminKey);
      expect(JSON.stringify(log)).toContain('***');
    }),
  );

  it('is not in the fields of a new key other than its token', () =>
    inBrokerWorld(async ({ neon, post }) => {
      neon.fate = () => ({ response: { created_at: adminKey } });
      const { body } = await post();
      expect(body).toMatchObject({ key: 'token-of-1', created_at: new Date(start).toISOString() });
    }));
});

describe('createSecrets', () => {
  it('hides the current and the previous admin key, and tokens until 100 more are created', () => {
    const { noteAdminKey, noteToken, redact } = createSecrets();
    for (const key of ['admin-key-one', 'admin-key-two', 'admin-key-three']) noteAdminKey(key);
    expect(redact('admin-key-one admin-key-two admin-key-three')).toBe('admin-key-one *** ***');
    for (let index = 100; index <= 200; index += 1) noteToken(`token-${index}-x`);
    expect(redact('token-100-x token-101-x token-200-x')).toBe('token-100-x *** ***');
  });

  it('hides a key that is escaped in JSON', () => {
    const { noteAdminKey, redact } = createSecrets();
    noteAdminKey('admin-"key"-\\one');
    expect(redact(JSON.stringify({ error: 'bad admin-"key"-\\one' }))).toBe('{"error":"bad ***"}');
  });
});
