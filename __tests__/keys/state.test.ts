import { describe, expect, it } from 'vitest';
import { readState, writeState } from '../../src/keys/state.ts';

const state = {
  orgId: 'org-sunny-meadow-12345678',
  apiHost: new URL('https://console.neon.tech/api/v2'),
  timeoutMs: 30_000,
  leases: [
    { name: 'shop ~gha.1.2-1.j.a', requestedAt: 1_795_492_953_396 },
    {
      name: 'shop ~gha.1.2-1.j.b',
      requestedAt: 1_795_492_953_397,
      respondedAt: 1_795_492_953_398,
      id: '9007199254740993',
    },
    { name: 'shop ~gha.1.2-1.j.c' },
  ],
};

describe('the state of a step', () => {
  it('can be read back', () => {
    expect(readState(writeState(state))).toEqual(state);
  });

  it('records whether the leases are personal keys', () => {
    expect(readState(writeState({ ...state, isPersonal: true })).isPersonal).toBe(true);
    expect(readState(writeState(state)).isPersonal).toBeUndefined();
  });

  it('is empty when there is nothing for the post step to do', () => {
    expect(writeState({ ...state, leases: [] })).toBe('');
  });

  it.each([
    ['an organization ID that would change the path', { orgId: '../../users' }],
    ['an organization ID that would change the rest of the path', { orgId: 'org-a/../../users' }],
    ['no lease', { leases: [] }],
    ['no time limit', { timeoutMs: undefined }],
    ['an address that is not text', { apiHost: 7 }],
    ['leases that are not a list', { leases: {} }],
    ['an unknown kind of key', { isPersonal: 'yes' }],
  ])('is rejected with %s', (_case, change) => {
    const text = JSON.stringify({ ...JSON.parse(writeState(state)), ...change });
    expect(() => readState(text)).toThrow('The state that the main step saved is invalid.');
  });

  it('is rejected with an address that would receive the key in clear text', () => {
    const text = JSON.stringify({ ...JSON.parse(writeState(state)), apiHost: 'http://example.com/api/v2' });
    expect(() => readState(text)).toThrow('must use https');
  });

  it.each([
    ['no properties', null],
    ['no name', { requestedAt: 1 }],
    ['a time that is not a number', { name: 'a', requestedAt: '1' }],
    ['an ID that would change the path', { name: 'a', requestedAt: 1, id: '1/../2' }],
    ['a time of the response that is not a number', { name: 'a', requestedAt: 1, respondedAt: '1' }],
    ['an ID that is not a text', { name: 'a', requestedAt: 1, id: [5] }],
  ])('is rejected as a whole if one lease has %s, so that no lease is lost silently', (_case, lease) => {
    const text = JSON.stringify({ ...JSON.parse(writeState(state)), leases: [state.leases[0], lease] });
    expect(() => readState(text)).toThrow('The state that the main step saved is invalid.');
  });

  it.each(['null', '[]', '{}', '{"leases":[]}', '7'])('is rejected if it is %s', (text) => {
    expect(() => readState(text)).toThrow('The state that the main step saved is invalid.');
  });
});
