import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const files = globSync(['src/**/*.ts', 'docs/*.md', 'bench/*.md', '*.md', 'action.yml', 'examples/*.yml'], {
  cwd: root,
})
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
  [/\bnot made for sure\b/i, 'not confirmed'],
  [/\bof one's own\b/i, 'self-hosted'],
  [/\b(Deed|doomed)\b/, 'ChangeOutcome, toRevoke'],
  [/\bsomebody\b|\beverybody\b/i, 'someone, everyone'],
  [/\bmend(s|ed)?\b/i, 'fix'],
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
  it.each(files)('is used in %s', (file) => {
    expect(found(file)).toEqual([]);
  });
});
