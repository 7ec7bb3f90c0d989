import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const cwd = join(import.meta.dirname, '..');
const git = (args: string[], input = '') => execFileSync('git', args, { cwd, encoding: 'utf8', input });

/** The files of the working tree that `git archive` would take, once they are committed. */
function archivedFiles(): string[] {
  const files = git(['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  const deleted = new Set(git(['ls-files', '-z', '--deleted']).split('\0'));
  // Triples of a path, the attribute's name and its value.
  const attributes = git(['check-attr', '-z', '--stdin', 'export-ignore'], files).split('\0');
  return attributes.filter((path, i) => i % 3 === 0 && attributes[i + 2] === 'unset' && !deleted.has(path));
}

it('a job downloads only the built action and its documents', () => {
  const places = new Set(archivedFiles().map((path) => path.split('/')[0]));
  expect([...places].sort()).toEqual(['LICENSE', 'README.md', 'SECURITY.md', 'action.yml', 'dist']);
});

it('a job downloads at most 350 KB', () => {
  const archive = execFileSync('tar', ['-cz', ...archivedFiles()], { cwd, maxBuffer: 2 ** 26 });
  expect(archive.length).toBeLessThanOrEqual(350_000);
});
