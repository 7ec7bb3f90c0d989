import { describe, expect, it } from 'vitest';
import { someOf } from '../../src/lib/text.ts';
import type { OutcomeReason } from '../../src/members/apply.ts';
import type { PlanNotice, SkipReason } from '../../src/members/change.ts';
import type { InvalidLine } from '../../src/members/codeowners.ts';
import type { Doubt, NoAddress } from '../../src/members/doubt.ts';
import type { Team } from '../../src/members/owner.ts';
import {
  invalidLineText,
  noAddressText,
  outcomeReasonText,
  planNoticeText,
  releaseText,
  skipText,
  sourceNoticeText,
  stopText,
  unusableText,
  withdrawText,
} from '../../src/members/sentences.ts';
import { neonError } from '../fake-neon.ts';
import { ownFile } from './sync-world.ts';

const team: Team = { kind: 'team', org: 'acme', slug: 'platform' };
const file = { ...ownFile, owner: 'acme', repo: 'billing', isOwn: false };

// Other tests of members/ check the sentences that are not listed here.

describe('skipText', () => {
  it.each<[SkipReason, text: string]>([
    [{ code: 'excluded' }, 'Excluded.'],
    [
      { code: 'role-in-doubt', teams: [{ team, role: 'viewer' }] },
      'The role is unknown, because the members of @acme/platform could not be read.',
    ],
  ])('explains %j', (reason, text) => {
    expect(skipText(reason)).toBe(text);
  });

  it('states the role that a member with an unknown role should have', () => {
    const reason = { code: 'unknown-role', role: 'owner', wanted: { kind: 'change-role', to: 'viewer' } } as const;
    expect(skipText(reason)).toBe(
      'Has the role owner, which this action does not know. The role should be viewer, but was not changed.',
    );
  });
});

describe('someOf', () => {
  it('leaves out the items above a number, and counts them', () => {
    expect(someOf(['a', 'b', 'c'], 2)).toEqual(['a', 'b', '… and 1 more']);
    expect(someOf(['a', 'b'], 2)).toEqual(['a', 'b']);
  });
});

describe('outcomeReasonText', () => {
  it('reports a member who is still listed after a removal', () => {
    const error = neonError({ kind: 'unknown', status: 404 });
    expect(outcomeReasonText({ code: 'still-listed', error })).toBe(`${error.message}\nThe member is still listed.`);
  });

  it('explains why an admin was kept', () => {
    const reason: OutcomeReason = { code: 'last-admin' };
    expect(outcomeReasonText(reason)).toBe('This is now the last active admin, who is never removed or demoted.');
  });
});

describe('stopText', () => {
  it('reports owners without an address', () => {
    expect(stopText({ code: 'unresolved', unresolvedCount: 1 })).toBe(
      '`on_unresolved: fail`: 1 owner without an address.',
    );
  });

  it.each([
    [
      'empty',
      false,
      '@acme/platform is excluded, but GitHub lists no members of it. If the team is empty, remove it from `exclude`.',
    ],
    [
      'hidden',
      false,
      'The members of the excluded team @acme/platform could not be read. Either the team does not exist, or',
    ],
    [
      'hidden',
      true,
      '@acme/platform is excluded, but does not exist or is hidden. The token can read other teams of acme, so check the name.',
    ],
  ] as const)('explains an excluded team that is %s (other teams visible: %s)', (why, canSeeOthers, text) => {
    const stop = { code: 'unknown-exclusion', exclusion: { team, why, canSeeOthers } } as const;
    expect(stopText(stop)).toContain(text);
  });
});

describe('planNoticeText', () => {
  it.each([
    [undefined, 'is not named in the files'],
    ['viewer', 'should have the role viewer'],
  ] as const)('reports a pending invitation as admin of a person with the role %s', (wanted, text) => {
    const notice: PlanNotice = { code: 'pending-admin', email: 'a@x.io', invitedAt: '2026-11-24T10:00:00Z', wanted };
    expect(planNoticeText(notice)).toBe(
      `a@x.io was invited as admin on 2026-11-24, is not a member, and ${text}. ${withdrawText}`,
    );
  });
});

describe('sourceNoticeText', () => {
  it.each([
    ['.github/CODEOWNERS', ownFile],
    ['acme/billing/.github/CODEOWNERS', file],
  ])('names %s as a file that GitHub does not check', (name, unchecked) => {
    const text = sourceNoticeText({ code: 'not-checked', file: unchecked });
    expect(text).toContain(`GitHub does not check the owners in ${name}.`);
  });

  it('reports a pull request without a merge result', () => {
    expect(sourceNoticeText({ code: 'no-merge-result', pullNumber: 12 })).toContain(
      'GitHub has no merge result of pull request #12',
    );
  });
});

describe('noAddressText', () => {
  it.each<[NoAddress, text: string]>([
    [{ code: 'no-account' }, 'Not the GitHub account of a person.'],
    [
      { code: 'source-unusable', sources: ['saml', 'profile'] },
      '`saml` and `profile` cannot be used and may have another address.',
    ],
    [{ code: 'unknown-owner', suggestion: undefined }, 'GitHub does not accept this owner: unknown owner.'],
    [{ code: 'unknown-owner', suggestion: 'Check it!' }, 'GitHub does not accept this owner: Check it!'],
  ])('explains %j', (why, text) => {
    expect(noAddressText(why)).toBe(text);
  });
});

describe('unusableText', () => {
  it.each([
    [{ code: 'refused', message: 'Forbidden' } as const, 'GitHub responded with "Forbidden".'],
    [{ code: 'no-provider' } as const, 'GitHub shows no SAML identity provider for the organization.'],
  ])('explains %j', (why, text) => {
    expect(unusableText('saml', why)).toContain(`The identity source \`saml\` cannot be used. ${text}`);
  });
});

describe('invalidLineText', () => {
  it.each<[InvalidLine, text: string]>([
    [{ code: 'not-an-owner', token: '*.js@linus', line: 1 }, '`*.js@linus` is not an owner.'],
    [{ code: 'not-an-owner', token: 'linus.t@x', line: 1 }, '`l***t@x` is not an owner.'],
    [
      { code: 'github', kind: 'Invalid pattern', suggestion: 'use **', line: 1 },
      'GitHub reports: Invalid pattern; use **.',
    ],
    [{ code: 'github', kind: 'Invalid owner', suggestion: undefined, line: 1 }, 'GitHub reports: Invalid owner.'],
  ])('explains %j', (line, text) => {
    expect(invalidLineText(line)).toContain(text);
  });
});

describe('releaseText', () => {
  const hidden: Doubt = { code: 'team', team, why: { code: 'team-hidden' } };
  const owner: Doubt = {
    ...{ code: 'owner', owner: { kind: 'email', email: 'a@x.io' }, why: { code: 'noreply' } },
    isExcluded: false,
  };

  it.each<[Doubt, text: string]>([
    [{ code: 'source', source: 'saml', why: { code: 'no-provider' } }, 'Make `saml` usable, or remove it from'],
    [{ code: 'no-one-named' }, 'Name at least one person in CODEOWNERS or in `include` of the people file.'],
    [
      { code: 'same-mailbox', email: 'a@x.io', wanted: 'a+b@x.io' },
      'a+b@x.io is named in the files and may be another spelling of a@x.io.',
    ],
    [
      { code: 'unmatched', entry: { kind: 'user', login: 'ada' }, list: 'exclude' },
      '@ada in `exclude` matches no one and may be misspelled. Correct or remove it.',
    ],
    [owner, 'a@x.io: A noreply address receives no mail. Correct or remove the address.'],
    [hidden, 'The members of @acme/platform could not be read. Check the name of the team, and that the token has'],
    [
      { ...hidden, why: { code: 'team-empty' } },
      'GitHub lists no members of @acme/platform. If the team is empty, remove it from the files.',
    ],
    [
      { ...hidden, why: { code: 'unknown-owner', suggestion: undefined } },
      '@acme/platform: GitHub does not accept this owner: unknown owner. Correct or remove it.',
    ],
  ])('states how to resolve %j', (doubt, text) => {
    expect(releaseText(doubt)).toContain(text);
  });
});
