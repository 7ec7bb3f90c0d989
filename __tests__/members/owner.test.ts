import { describe, expect, it } from 'vitest';
import {
  isBotLogin,
  isSameOwner,
  type Owner,
  ownerName,
  parseEntry,
  parseName,
  parseOwner,
} from '../../src/members/owner.ts';

const octo: Owner = { kind: 'user', login: 'octo' };
const platform: Owner = { kind: 'team', org: 'acme', slug: 'platform' };
const address: Owner = { kind: 'email', email: 'octo@x.io' };

describe('parseOwner', () => {
  it.each<[string, Owner]>([
    ['@Octo', octo],
    ['@octocat_acme', { kind: 'user', login: 'octocat_acme' }],
    ['@octo-', { kind: 'user', login: 'octo-' }],
    ['@Acme/Platform', platform],
    ['@acme/_a', { kind: 'team', org: 'acme', slug: '_a' }],
    ['octo@X.io', address],
  ])('reads %s', (text, owner) => {
    expect(parseOwner(text)).toEqual(owner);
  });

  it.each([
    '',
    '@',
    'octo',
    'acme/platform',
    '@-octo',
    '@octo.x',
    '@octo @ada',
    '@acme/',
    '@/platform',
    '@acme/te.am',
    '@acme/platform/x',
    '@dependabot[bot]',
    '@\u212aim',
    `@${'a'.repeat(101)}`,
  ])('rejects %j', (text) => {
    expect(parseOwner(text)).toBeUndefined();
  });
});

describe('parseName', () => {
  it('reads a login and a team without an `@`', () => {
    expect([parseName('Octo'), parseName('acme/platform')]).toEqual([octo, platform]);
  });

  it.each(['@octo', 'octo@x.io', ''])('rejects %j', (text) => {
    expect(parseName(text)).toBeUndefined();
  });
});

describe('parseEntry', () => {
  it.each<[string, Owner | undefined]>([
    ['octo', octo],
    ['@octo', octo],
    ['acme/platform', platform],
    ['octo@x.io', address],
    ['Our-App[bot]', { kind: 'user', login: 'our-app[bot]' }],
    ['@our-app[bot]', { kind: 'user', login: 'our-app[bot]' }],
    ['our app', undefined],
    ['[bot]', undefined],
  ])('reads %s as %o', (text, owner) => {
    expect(parseEntry(text)).toEqual(owner);
  });
});

describe('isBotLogin', () => {
  it.each([
    ['our-app[bot]', true],
    ['@Our-App[BOT]', true],
    ['dependabot', true],
    ['our-app', false],
    ['dependabot-fan', false],
    ['x our-app[bot]', false],
  ])('decides whether %s is an app: %s', (text, isBot) => {
    expect(isBotLogin(text)).toBe(isBot);
  });
});

describe('ownerName', () => {
  it.each([
    ['@octo', octo],
    ['@acme/platform', platform],
    ['octo@x.io', address],
  ])('returns %s, which reads back as the same owner', (name, owner) => {
    expect(ownerName(owner)).toBe(name);
    expect(parseOwner(name)).toEqual(owner);
  });
});

describe('isSameOwner', () => {
  it('compares the kind and the name', () => {
    expect(isSameOwner(octo, { ...octo })).toBe(true);
    expect(isSameOwner(octo, address)).toBe(false);
    expect(isSameOwner(platform, { ...platform, org: 'other' })).toBe(false);
    expect(isSameOwner(platform, { ...platform, slug: 'other' })).toBe(false);
  });
});
