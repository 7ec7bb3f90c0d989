import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../src/lib/did-you-mean.ts';

const names = ['email', 'role', 'github_id'];

describe('didYouMean', () => {
  it.each([
    ['emial', 'email'],
    ['Role', 'role'],
    ['githubid', 'github_id'],
    ['git_hub_ids', 'github_id'],
  ])('suggests for %s the nearest name, %s', (written, nearest) => {
    expect(didYouMean(written, names)).toBe(` (did you mean \`${nearest}\`?)`);
  });

  it.each(['', 'password', 'e', 'x'.repeat(100_000)])(
    'suggests nothing for a name that resembles no other',
    (written) => {
      expect(didYouMean(written, names)).toBe('');
    },
  );
});
