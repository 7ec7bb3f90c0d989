import { describe, expect, it } from 'vitest';
import { type Endpoints, toNeonJson } from '../../src/neon/endpoints.ts';
import { NeonError } from '../../src/neon/errors.ts';
import { bigId, calls, respondingWith, token } from './endpoint-calls.ts';

describe('responses about keys', () => {
  const key = { name: 'a', created_at: '2026-11-24T12:00:00Z' };

  it('keep IDs beyond 2^53 exact, and return them as Neon wrote them', async () => {
    const written = `{"id":${bigId},"name":"a","created_at":"2026"}`;
    const [listed] = await respondingWith(`[${written}]`).listOrgApiKeys();
    expect(listed).toEqual({ id: bigId, name: 'a', created_at: '2026' });
    expect(JSON.stringify(toNeonJson(listed ?? { id: '' }))).toBe(written);
  });

  it('have small IDs as text, too', async () => {
    expect(await respondingWith('{"id":7,"name":"a","revoked":true}').revokeOrgApiKey('7')).toMatchObject({ id: '7' });
  });

  it('contain the token of a new key', async () => {
    const text = JSON.stringify({ ...key, id: 7, key: token });
    expect(await respondingWith(text).createOrgApiKey({ key_name: 'a' })).toEqual({ ...key, id: '7', key: token });
  });

  it('leave out a token in a list', async () => {
    expect(await respondingWith(JSON.stringify([{ ...key, id: 7, key: token }])).listOrgApiKeys()).toEqual([
      { ...key, id: '7' },
    ]);
  });

  it.each([
    ['it says that the key is not revoked', { id: 7, name: 'a', revoked: false }],
    ['it does not say that the key is revoked', { id: 7, name: 'a' }],
    ['it is about another key', { id: 8, name: 'a', revoked: true }],
  ])('do not count a key as revoked when %s', async (_what, body) => {
    await expect(respondingWith(JSON.stringify(body)).revokeOrgApiKey('7')).rejects.toMatchObject({
      facts: { kind: 'unknown', status: 200 },
    });
  });

  it.each([
    '-9007199254740993',
    '90071992547409930000',
    '[9007199254740993]',
    '"7"',
    '"007"',
    '[7]',
    '0',
    '-7',
    '7.5',
    '1e30',
    'null',
  ])('reject the key ID %s', async (id) => {
    await expect(respondingWith(`[{"id":${id},"name":"a"}]`).listOrgApiKeys()).rejects.toMatchObject({
      facts: { kind: 'unknown' },
    });
  });

  it('keep all other fields, including new ones', async () => {
    expect(await respondingWith('{"id":"org-a","novelty":[1]}').getOrganization()).toEqual({
      id: 'org-a',
      novelty: [1],
    });
  });

  it.each<[keyof Endpoints, string, unknown]>([
    ['getOrganization', 'null', null],
    ['getOrganization', 'a list', []],
    ['getOrganization', 'a text', 'org'],
    ['listOrgApiKeys', 'an object', { keys: [] }],
    ['listOrgApiKeys', 'null', null],
    ['listOrgApiKeys', 'one entry of many without an id', [{ ...key, id: 1 }, key]],
    ['listOrgApiKeys', 'an entry without a name', [{ id: 1 }]],
    ['listOrgApiKeys', 'an entry that is null', [null]],
    ['createOrgApiKey', 'no token', { ...key, id: 1 }],
    ['createOrgApiKey', 'an empty token', { ...key, id: 1, key: '' }],
    ['createOrgApiKey', 'a token that cannot stand in a header', { ...key, id: 1, key: 'line\nbreak' }],
    ['createOrgApiKey', 'a token after a space', { ...key, id: 1, key: ` ${token}` }],
    ['createOrgApiKey', 'a token with more on the next line', { ...key, id: 1, key: `${token}\nHost: x` }],
    ['createOrgApiKey', 'a token that is not text', { ...key, id: 1, key: 1_234_567_890_123_456 }],
    ['createOrgApiKey', 'no ID', { ...key, key: token }],
    ['createOrgApiKey', 'a negative id', { ...key, id: -1, key: token }],
    ['createOrgApiKey', 'an ID that is not an integer', { ...key, id: 1.5, key: token }],
    ['createOrgApiKey', 'an ID that is a path', { ...key, id: '../1', key: token }],
    ['createOrgApiKey', 'a name that is not text', { id: 1, name: 5, key: token }],
    ['revokeOrgApiKey', 'nothing in it', {}],
    ['revokeOrgApiKey', 'null', null],
  ])('leave the outcome of %s unknown when the response is %s', async (name, _what, body) => {
    const error: unknown = await calls[name](respondingWith(JSON.stringify(body))).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NeonError);
    expect((error as NeonError).facts.kind).toBe('unknown');
    expect((error as NeonError).message).not.toContain(token);
  });
});
