import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Problem, type ProblemCode, problemTypes } from '../../broker/problem.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/keyless.md'), 'utf8');

describe('Problem', () => {
  it.each(Object.keys(problemTypes) as ProblemCode[])(
    'has a type for %s that links to its row in docs/keyless.md',
    (code) => {
      const problem = new Problem(code, 'a detail');
      const { type } = problem.toDocument('a-request');
      const [, anchor] = String(type).split('#');
      expect(page).toContain(`| <a id="${anchor}"></a>\`${code}\` | ${problem.status} |`);
    },
  );
});
