import { describe, expect, it } from 'vitest';
import { readState, writeState } from '../../src/keys/state.ts';

const state = {
  orgId: 'org-sunny-meadow-12345678',
  apiHost: new URL('https://console.neon.tech/api/v2'),
  leases: [
    { name: 'shop ~gha.1.2-1.j.a', askedAt: 1_795_492_953_396 },
    { name: 'shop ~gha.1.2-1.j.b', askedAt: 1_795_492_953_397, id: '9007199254740993' },
  ],
};

describe('the state of a step', () => {
  it('comes back as it was written', () => {
    expect(readState(writeState(state))).toEqual(state);
  });

  it('is empty when there is nothing for the post step to do', () => {
    expect(writeState({ ...state, leases: [] })).toBe('');
  });

  it.each([
    ['an organization id that would change the path', { orgId: '../../users' }],
    ['an address that is not https', { apiHost: 'http://example.com/api/v2' }],
    ['an address that is none', { apiHost: 7 }],
    ['leases that are no list', { leases: {} }],
  ])('is refused with %s', (_case, change) => {
    const text = JSON.stringify({ ...JSON.parse(writeState(state)), ...change });
    expect(() => readState(text)).toThrow();
  });

  it('leaves out what is no lease, and an id that would change the path', () => {
    const leases = [null, 7, { name: 'a' }, { name: 'a', askedAt: 1, id: '1/../2' }, state.leases[0]];
    const text = JSON.stringify({ ...JSON.parse(writeState(state)), leases });
    expect(readState(text).leases).toEqual([state.leases[0]]);
  });
});
