import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../broker/secrets.ts';
import { neonError } from '../fake-neon.ts';
import { inBrokerWorld, nonce } from './world.ts';

const adminKey = 'an-admin-key-of-the-test';

describe('the admin key in a response of Neon', () => {
  it.each(['reason', 'code', 'requestId'] as const)('is hidden in every output when the %s quotes it', (field) =>
    inBrokerWorld(async ({ neon, broker, post, delete: remove, audit, log }) => {
      const failure = { kind: 'refused' as const, status: 403, [field]: `bad ${adminKey}` };
      neon.createOrgApiKey = () => Promise.reject(neonError(failure));
      neon.listOrgApiKeys = () => Promise.reject(neonError(failure));
      const responses = [await post(), await remove(nonce)];
      await expect(broker.keeper.sweep()).rejects.toThrow();
      expect(responses.map(({ body }) => body['detail'])).toEqual([
        expect.stringContaining('***'),
        expect.stringContaining('***'),
      ]);
      const metrics = await (await broker.monitoring.request('/metrics')).text();
      expect(JSON.stringify([responses, audit, log, metrics])).not.toContain(adminKey);
      expect(JSON.stringify(audit)).toContain('***');
    }),
  );

  it('is hidden in the fields of a new key other than its token', () =>
    inBrokerWorld(async ({ neon, post }) => {
      neon.fate = () => ({ response: { created_at: adminKey } });
      const { body } = await post();
      expect(body).toMatchObject({ key: 'token-of-1', created_at: '***' });
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
