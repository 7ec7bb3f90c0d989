// In the release workflow: `git tag --list | node scripts/release.ts v1.2.3` fails unless everything is ready.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { releaseProblems } from './release-problems.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8');

const problems = releaseProblems({
  tag: process.argv[2] ?? '',
  tags: (await text(process.stdin)).split('\n').filter((line) => line !== ''),
  version: (JSON.parse(read('package.json')) as { version: string }).version,
  changelog: read('CHANGELOG.md'),
  action: parse(read('action.yml')),
  now: new Date(),
});
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
