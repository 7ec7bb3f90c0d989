import { describe, expect, it } from 'vitest';
import { activeKeys, activeLeases, possibleDuplicates, postFailed, postSummary } from '../../src/keys/render-post.ts';
import type { Revocation } from '../../src/keys/revoke.ts';
import { neonError } from '../fake-neon.ts';

const state = {
  orgId: 'org-a',
  apiHost: new URL('https://console.neon.tech/api/v2/'),
  timeoutMs: 30_000,
  leases: [],
};
const keysUrl = 'https://console.neon.tech/api/v2/organizations/org-a/api_keys';
const curl = 'curl -H "Authorization: Bearer $ADMIN_KEY"';

const revoked: Revocation = { target: { name: 'a', id: '1' }, how: 'revoked' };
const failed = (id: string | undefined, status = 500): Revocation => ({
  target: { name: 'b', id },
  how: 'failed',
  error: neonError({ kind: 'unknown', status }),
});
const unsettled = (id?: string): Revocation => ({ target: { name: 'c', id }, how: 'unsettled', until: 0 });

describe('postSummary', () => {
  it.each<[string, Revocation[]]>([
    ['🔒 1 Neon key revoked after the job', [revoked]],
    ['🔒 No Neon key to revoke after the job', [{ target: { name: 'a' }, how: 'not-found' }]],
    ['❌ 1 Neon key may still be active', [revoked, failed('2')]],
    ['❌ 1 Neon key may still be active', [unsettled()]],
    ['🔒 1 Neon key revoked after the job', [revoked, unsettled('1')]],
  ])('has the title %j', (title, revocations) => {
    expect(postSummary(revocations).split('\n')[0]).toBe(`### ${title}`);
  });
});

describe('activeKeys', () => {
  it('is undefined if no key may be active', () => {
    expect(activeKeys([revoked, unsettled('1')], state)).toBeUndefined();
  });

  it('gives the command that revokes a key by its ID', () => {
    const text = activeKeys([failed('2')], state);
    expect(text).toContain('Key 2 "b" may still be active. x (X /)');
    expect(text).toContain(
      `To revoke it, set ADMIN_KEY to the value of \`api_key\`.\nThen run: ${curl} -X DELETE ${keysUrl}/2`,
    );
  });

  it('gives the command that finds the ID of a key by its name', () => {
    const text = activeKeys([failed('2'), unsettled()], state);
    expect(text).toContain('A key named "c" may still be active.');
    expect(text).toContain(
      `To revoke them, set ADMIN_KEY to the value of \`api_key\`. Look up the ID by the name: ${curl} ${keysUrl}\n`,
    );
    expect(text).toContain(`-X DELETE ${keysUrl}/2 ${keysUrl}/<id>`);
  });

  it('gives the path of personal keys', () => {
    const text = activeKeys([failed('2')], { ...state, isPersonal: true });
    expect(text).toContain('-X DELETE https://console.neon.tech/api/v2/api_keys/2');
  });

  it.each([
    [
      'the IDs',
      [failed('2', 401), failed('3')],
      'Revoke them in the Neon Console, or run `revoke-key` with `key_id: 2, 3` and',
    ],
    [
      'the name',
      [failed(undefined, 401)],
      'Revoke it in the Neon Console, or run `revoke-key` with `key_name` set to that name and',
    ],
    ['each name', [failed('2', 401), unsettled()], 'run `revoke-key` with `key_name` set to each name and'],
  ])('gives %s, and no command, if Neon refused the admin key', (_what, revocations, advice) => {
    const text = activeKeys(revocations, state);
    expect(text).toContain(`${advice} the key of another admin.`);
    expect(text).not.toContain('curl');
  });
});

describe('activeLeases', () => {
  it('explains why the keys were not revoked, and how to revoke them', () => {
    const text = activeLeases([{ name: 'd' }, { name: 'e', id: '5' }], state);
    expect(text.split('\n').slice(0, 3)).toEqual([
      'A key named "d" may still be active.',
      'Key 5 "e" may still be active.',
      'In the post step, `api_key` is empty or not a Neon API key. GitHub evaluates the input again for the post step.',
    ]);
    expect(text).toContain(`-X DELETE ${keysUrl}/5 ${keysUrl}/<id>`);
  });
});

describe('possibleDuplicates', () => {
  it('is undefined if no revoked key may have a duplicate', () => {
    expect(possibleDuplicates([revoked, unsettled()])).toBeUndefined();
  });

  it('reports a revoked key that may have a duplicate, and why the list could not be read', () => {
    const error = neonError({ kind: 'unknown', status: 503 });
    const text = possibleDuplicates([{ target: { name: 'c', id: '1' }, how: 'unsettled', until: 0, error }]);
    expect(text).toBe(`Whether Neon has another key named "c" could not be determined. ${error.message}`);
  });
});

describe('postFailed', () => {
  it.each([
    ['the message of an error', new Error('No space left.')],
    ['any other value', 'No space left.'],
  ])('contains %s', (_what, error) => {
    expect(postFailed(error)).toBe('The post step could not revoke the key of this step. No space left.');
  });
});
