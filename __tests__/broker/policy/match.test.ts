import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../broker/policy/explain.ts';
import { decide, matchesRef, type PolicyClaims } from '../../../broker/policy/match.ts';
import { parsePolicy } from '../../../broker/policy/parse.ts';
import type { Grant, Policy } from '../../../broker/policy/schema.ts';
import { policyText, projectId } from '../world.ts';

const { policy } = parsePolicy(policyText);
const [grant] = policy.grants as [Grant];
const claims: PolicyClaims = {
  repositoryId: 812345678,
  ownerId: 987654,
  actor: 'ada',
  actorId: '42',
  conditions: { event_name: 'push', ref: 'refs/heads/main' },
};
const withGrant = (changes: Partial<Grant>): Policy => ({ ...policy, grants: [{ ...grant, ...changes }] });
const isAllowed = (changes: Partial<Grant>, more: Partial<PolicyClaims> = {}) =>
  decide(withGrant(changes), { ...claims, ...more }, projectId).allowed;

describe('matchesRef', () => {
  it.each([
    ['refs/pull/7/merge', 'refs/pull/*/merge', true],
    ['refs/pull//merge', 'refs/pull/*/merge', false],
    ['refs/pull/7/x/merge', 'refs/pull/*/merge', false],
    ['refs/pull/7/merge/x', 'refs/pull/*/merge', false],
    ['refs/heads/release/1', 'refs/heads/*', false],
    ['refs/heads/release', 'refs/heads/*', true],
    ['refs/heads/release-1', 'refs/heads/release-*', true],
    ['refs/heads/release-', 'refs/heads/release-*', false],
    ['refs/heads/a/b', 'refs/heads/*/*', true],
    ['refs/heads/main\n', 'refs/heads/main', false],
    ['refs/heads/main\nx', 'refs/heads/*', true],
    ['refs/heads/mainX', 'refs/heads/main.', false],
    ['refs/heads/main', 'refs/heads/MAIN', false],
    ['refs/heads/aab', 'refs/heads/a**b', false],
    ['refs/heads/axxb', 'refs/heads/a**b', true],
    ['refs/heads/[a]', 'refs/heads/[a]', true],
    ['refs/heads/a', 'refs/heads/[a]', false],
    ['xrefs/heads/main', 'refs/heads/main', false],
  ])('compares %j with the pattern %j: %s', (ref, pattern, expected) => {
    expect(matchesRef(ref, pattern)).toBe(expected);
  });

  it('takes every character except `*` literally', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (ref, pattern) => {
        fc.pre(!pattern.includes('*'));
        expect(matchesRef(ref, pattern)).toBe(ref === pattern);
      }),
    );
  });

  it('compares a long ref with a pattern of many `*`', () => {
    const ref = `refs/heads/${'a-'.repeat(120)}`;
    expect(matchesRef(`${ref}!`, `refs/heads/${'*-'.repeat(50)}z`)).toBe(false);
    expect(matchesRef(`${ref}z`, `refs/heads/${'*-'.repeat(50)}z`)).toBe(true);
  });

  it('lets `*` match one or more characters other than a slash', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '/', '.', '-', '*', '\n') });
    fc.assert(
      fc.property(text, (middle) => {
        expect(matchesRef(`<${middle}>`, '<*>')).toBe(middle !== '' && !middle.includes('/'));
      }),
    );
  });
});

describe('decide', () => {
  it('allows exactly what a grant contains', () => {
    expect(decide(policy, claims, projectId)).toMatchObject({ allowed: true, grant: { name: 'shop main' } });
    expect(decide(policy, claims, 'other').allowed).toBe(false);
    expect(isAllowed({}, { repositoryId: 1 })).toBe(false);
    expect(isAllowed({}, { ownerId: 1 })).toBe(false);
  });

  it('ignores the name of the repository', () => {
    expect(isAllowed({ repository: 'acme/renamed' })).toBe(true);
  });

  it.each(['environment', 'workflow_ref', 'job_workflow_ref', 'runner_environment', 'repository_visibility'] as const)(
    'compares %s exactly, and requires the claim',
    (name) => {
      const when = { ...grant.when, [name]: ['one', 'two*'] } as Grant['when'];
      const given = (value?: string) => ({
        conditions: { ...claims.conditions, ...(value === undefined ? {} : { [name]: value }) },
      });
      expect(isAllowed({ when }, given('one'))).toBe(true);
      expect(isAllowed({ when }, given('two*'))).toBe(true);
      expect(isAllowed({ when }, given('two-x'))).toBe(false);
      expect(isAllowed({ when }, given('One'))).toBe(false);
      expect(isAllowed({ when }, given())).toBe(false);
    },
  );

  it.each([
    ['dependabot[bot]', '1'],
    ['renamed-bot', '49699333'],
  ])('denies Dependabot (%s, %s) unless the grant allows it', (actor, actorId) => {
    expect(isAllowed({}, { actor, actorId })).toBe(false);
    expect(isAllowed({ dependabot: true }, { actor, actorId })).toBe(true);
    expect(isAllowed({ dependabot: true })).toBe(true);
  });

  it('uses the longest allowed lifetime, independent of the order of the grants', () => {
    const grants: Grant[] = [
      { ...grant, name: 'b', lifetime: 60 },
      { ...grant, name: 'a', lifetime: 7200 },
      { ...grant, name: 'c', lifetime: 7200 },
      { ...grant, name: 'd', lifetime: 21_600, projects: ['other'] },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(grants, { minLength: 4 }), (shuffled) => {
        expect(decide({ ...policy, grants: shuffled }, claims, projectId)).toMatchObject({ grant: { name: 'a' } });
      }),
    );
  });
});

describe('explain', () => {
  it('shows every condition of every grant of the repository', () => {
    const denied = { ...claims, conditions: { event_name: 'push', ref: 'refs/heads/"x"' } };
    expect(explain(withGrant({ when: { ...grant.when, environment: 'prod' } }), denied, 'other')).toEqual({
      allowed: false,
      text: [
        'Grant "shop main":',
        '  ✗ project_id: "other", expected "cool-river-87654321"',
        '  ✓ event_name: "push"',
        '  ✗ ref: "refs/heads/\\"x\\"", expected "refs/heads/main"',
        '  ✗ environment: missing, expected "prod"',
        '',
        'Denied: no grant for this repository matches.',
      ].join('\n'),
    });
  });

  it('names the grant that allows the request', () => {
    expect(explain(policy, claims, undefined).text).toMatch(
      /\nAllowed by the grant "shop main"\. The key is valid for 3600 seconds\.$/,
    );
  });

  it.each([
    [{ ownerId: 5 }, 'Denied: repository_owner_id is 5, but the policy requires 987654.'],
    [{ repositoryId: 5 }, 'Denied: no grant has repository_id 5.'],
  ])('says why %j is denied', (more, text) => {
    expect(explain(policy, { ...claims, ...more }, undefined)).toEqual({ allowed: false, text });
  });
});
