import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const files = globSync(['src/**/*.ts', 'docs/*.md', '*.md', 'action.yml', 'examples/*.yml'], { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file !== 'src/runner/help-headings.ts')
  .sort();

/** Words that this project does not use, and what it says instead. */
const words: [word: RegExp, instead: string][] = [
  [/\b(is|are|be|was|were) told\b|\btells?\b(?! apart)|\btold\b/i, 'reports, shows'],
  [/\bnobody (knows|can tell)\b/i, 'is unknown, could not be determined'],
  [/\b(is|are) none\b/i, 'is invalid, is not a …'],
  [/\bwhoever\b/i, 'anyone who'],
  [/\b(key|one|keys|ones) (of )?before\b(?! )|\bthe (key|one) before\b/i, 'the previous key'],
  [/\blives? on\b|\bfor ever\b/i, 'remains active, forever'],
  [/\bby lines or commas\b/i, 'separated by commas or newlines'],
  [/\bstands? there\b/i, 'is listed'],
  [/\ball the same\b/i, 'still, anyway'],
  [/\bnot made for sure\b/i, 'failed or could not be confirmed'],
  [/\bof one's own\b/i, 'self-hosted'],
  [/\b(Deed|doomed)\b/, 'ChangeOutcome, toRevoke'],
  [/\bsomebody\b|\beverybody\b/i, 'someone, everyone'],
  [/\bmend(s|ed)?\b/i, 'fix'],
];

/** Files that have not been rewritten yet. Remove a file from here with the last of these words in it. */
const notYet: string[] = [
  'src/members/apply.ts',
  'src/members/change.ts',
  'src/members/owner.ts',
  'src/members/ownership.ts',
  'src/members/people-file.ts',
  'src/members/render-member.ts',
  'src/members/resolve.ts',
  'src/members/roles.ts',
  'src/members/sentences.ts',
  'src/members/sources.ts',
];

function found(file: string): string[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.flatMap((line, index) =>
    words.flatMap(([word, instead]) => {
      const match = word.exec(line)?.[0];
      return match === undefined ? [] : [`${file}:${index + 1}: "${match}" → ${instead}`];
    }),
  );
}

describe('plain English', () => {
  it.each(files.filter((file) => !notYet.includes(file)))('%s', (file) => {
    expect(found(file)).toEqual([]);
  });

  it.each(notYet)('%s is still to be rewritten', (file) => {
    expect(found(file)).not.toEqual([]);
  });
});
