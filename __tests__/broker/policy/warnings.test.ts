import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../broker/policy/parse.ts';
import type { Grant } from '../../../broker/policy/schema.ts';
import { describeWarning, findWarnings } from '../../../broker/policy/warnings.ts';
import { policyText } from '../world.ts';

const { policy } = parsePolicy(policyText);
const [grant] = policy.grants as [Grant];
const codes = (changes: Partial<Grant>) =>
  findWarnings({ ...policy, grants: [{ ...grant, ...changes }] }).map(({ code }) => code);
const when = (changes: Partial<Grant['when']>) => codes({ when: { ...grant.when, ...changes } });

describe('findWarnings', () => {
  it('finds no problem in a grant for one event on one branch', () => {
    expect(codes({})).toEqual([]);
  });

  it.each([
    [['forks-by-settings'], { event_name: 'pull_request', ref: 'refs/pull/*/merge' }],
    [['any-branch'], { ref: 'refs/heads/*' }],
    [['any-branch'], { ref: ['refs/heads/main', 'refs/heads/feature-*'] }],
    [[], { ref: 'refs/heads/*', job_workflow_ref: 'acme/workflows/a.yml@refs/heads/main' }],
    [['unprotected-environment'], { ref: 'refs/heads/*', environment: 'staging' }],
    [['editable-workflow'], { workflow_ref: 'acme/shop/.github/workflows/a.yml@refs/heads/main' }],
    [['own-workflow'], { job_workflow_ref: 'Acme/shop/.github/workflows/a.yml@refs/heads/main' }],
    [['merged-only', 'forks-by-settings'], { event_name: 'pull_request' }],
    [['never-matches', 'merged-only', 'forks-by-settings'], { event_name: 'pull_request', ref: 'refs/tags/v1' }],
    [['never-matches'], { event_name: 'release' }],
    [['never-matches'], { event_name: ['push', 'schedule'], ref: 'refs/pull/*/merge' }],
  ] as [string[], Partial<Grant['when']>][])('finds the problem %j in %j', (expected, changes) => {
    expect(when(changes)).toEqual(expected);
  });

  it('warns about Dependabot and long lifetimes', () => {
    expect(codes({ dependabot: true, lifetime: 3601 })).toEqual(['dependabot-code', 'long-lifetime']);
  });
});

describe('describeWarning', () => {
  it('returns a sentence that names the grant', () => {
    expect(describeWarning({ code: 'long-lifetime', grant: 'shop' })).toBe(
      'The grant "shop" allows keys that are valid for more than 1 hour.',
    );
  });
});
