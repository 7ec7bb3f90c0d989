import { describe, expect, it } from 'vitest';
import { keysCreatedBy, readKeysOf } from '../../src/keys/creator.ts';
import { incompleteText, leaverKeysSection } from '../../src/keys/render-keys.ts';
import type { ListedKey } from '../../src/neon/endpoints.ts';
import { fakeClock } from '../fake-clock.ts';
import { FakeNeon, failing } from '../fake-neon.ts';

const key = (id: string, createdBy: string | null | undefined, name = `key ${id}`) =>
  ({
    id,
    name,
    created_at: '2026-11-24T00:00:00Z',
    created_by: createdBy === null ? undefined : { id: createdBy, name: 'Linus', image: '' },
    last_used_from_addr: '',
  }) as ListedKey;
const run = {
  repositoryId: 5,
  runId: 6,
  runAttempt: 1,
  repository: 'acme/shop',
  runsUrl: 'https://x.io/runs',
  job: '',
};
function listing(keys: ListedKey[]): FakeNeon {
  const neon = new FakeNeon(fakeClock());
  for (const { name, ...facts } of keys) neon.add(name, facts);
  return neon;
}

describe('the keys that a user created', () => {
  it('are the keys whose creator has the ID of that user', () => {
    const all = [key('1', 'u-a'), key('2', 'u-b'), key('3', 'u-a')];
    expect(keysCreatedBy(all, 'u-a', new Set())).toEqual({ keys: [all[0], all[2]], unknownCount: 0 });
  });

  it.each([null, undefined, ''])('may include keys whose creator is %j, and the report says so', (creator) => {
    const read = keysCreatedBy([key('1', creator), key('2', 'u-b')], 'u-a', new Set());
    expect(read).toEqual({ keys: [], unknownCount: 1 });
    expect(incompleteText(read)).toContain('Neon does not report who created 1 other key');
  });

  it('are remembered when Neon no longer names their creator after the removal', async () => {
    const before = await readKeysOf('u-a', listing([key('1', 'u-a'), key('2', 'u-a')]));
    const after = await readKeysOf('u-a', listing([key('1', null), key('3', 'u-a')]), before);
    expect('keys' in after && after.keys.map(({ id }) => id)).toEqual(['1', '3']);
    expect(incompleteText(after)).toBe('');
  });

  it('are reported as unknown when Neon refuses the list', async () => {
    const read = await readKeysOf('u-a', new FakeNeon(fakeClock(), [failing('refused', 403)]));
    expect(incompleteText(read)).toContain('The keys that this person created could not be read.');
    expect(leaverKeysSection(read, run, String)).toContain('Keys unknown');
  });

  it('are shown with a warning about keys that may be in a secret', () => {
    const rotated = key('7', 'u-a', 'NEON_API_KEY ~gha.5.6-1.r2o-0123456789.abcdefghij');
    const section = leaverKeysSection({ keys: [key('1', 'u-a'), rotated], unknownCount: 0 }, run, String);
    expect(section).toContain('#### 🔑 2 active keys created by this person');
    expect(section).toContain('1 key may be in a GitHub secret: rotate the secret before you revoke its key.');
    expect(section).toContain('for the secret `NEON_API_KEY`');
  });
});
