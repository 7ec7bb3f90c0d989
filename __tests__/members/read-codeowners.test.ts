import { describe, expect, it } from 'vitest';
import { crossCheck, parseCodeowners } from '../../src/members/codeowners.ts';
import { ownerName } from '../../src/members/owner.ts';
import { invalidLinesOf, readCodeowners, uniteOwners } from '../../src/members/read-codeowners.ts';
import { emptyGitHub, fakeGitHub } from './fake-github.ts';
import { ownFile } from './sync-world.ts';

const otherFile = { ...ownFile, repo: 'billing', isOwn: false };

/** A file with one line; `rejected`: GitHub does not accept its owner. */
function fileWith(file: typeof ownFile, line: string, rejected = false) {
  const errors = [{ line: 1, column: line.indexOf('@') + 1, kind: 'Unknown owner', source: line }];
  return { file, codeowners: crossCheck(parseCodeowners(line), rejected ? errors : []) };
}

describe('uniteOwners', () => {
  it('names each owner once, with every place that names it', () => {
    const { owners, files } = uniteOwners([fileWith(ownFile, '* @grace'), fileWith(otherFile, '*.js @Grace @ada')]);
    expect(files).toEqual([ownFile, otherFile]);
    expect(owners.map(({ owner, places }) => [ownerName(owner), ...places.map(({ file }) => file.repo)])).toEqual([
      ['@grace', ownFile.repo, 'billing'],
      ['@ada', 'billing'],
    ]);
  });

  it('accepts an owner that GitHub accepts in one of the repositories', () => {
    const both = uniteOwners([fileWith(ownFile, '* @grace', true), fileWith(otherFile, '* @grace')]);
    expect(both.owners.map(({ places }) => places)).toEqual([[{ file: otherFile, line: 1 }]]);
    expect(both.unknown).toEqual([]);
  });

  it('lists an owner that GitHub accepts nowhere, with every place that names it', () => {
    const none = uniteOwners([fileWith(ownFile, '* @grace', true), fileWith(otherFile, '* @grace', true)]);
    expect(none.owners).toEqual([]);
    expect(none.unknown.map(({ places }) => places.length)).toEqual([2]);
  });
});

describe('invalidLinesOf', () => {
  it('has one problem for each line of each file', () => {
    const invalid = (file: typeof ownFile, line: number) => ({ file, line, code: 'negation' }) as const;
    const places = invalidLinesOf({
      invalid: [
        invalid(ownFile, 1),
        { ...invalid(ownFile, 1), code: 'brackets' },
        invalid(ownFile, 2),
        invalid(otherFile, 1),
      ],
    });
    expect(places).toEqual([invalid(ownFile, 1), invalid(ownFile, 2), invalid(otherFile, 1)]);
  });
});

describe('readCodeowners', () => {
  const path = '.github/CODEOWNERS';
  const at = { owner: 'acme', repo: 'shop', sha: 'a'.repeat(40) };
  const request = { at, others: [], path: undefined, serverUrl: 'https://github.com' };
  const github = (checkedPath: string) => {
    const fake = fakeGitHub({ ...emptyGitHub, files: { [path]: '* @gone\n' } }).github;
    const error = { line: 1, column: 3, kind: 'Unknown owner', source: '* @gone', path: checkedPath };
    const send = (route: string, parameters: Record<string, unknown>) =>
      route.endsWith('/codeowners/errors')
        ? { headers: {}, data: { errors: [error] } }
        : fake.request(route, parameters);
    return {
      ...fake,
      request: async (...sent: [string, Record<string, unknown>]) => send(...sent),
    } as unknown as typeof fake;
  };

  it('removes the owners that GitHub does not accept', async () => {
    const [own] = await readCodeowners(request, github(path));
    expect(own?.codeowners).toMatchObject({ owners: [], unknown: [{ owner: { kind: 'user', login: 'gone' } }] });
  });

  it('throws if GitHub checked another file than the one it uses', async () => {
    await expect(readCodeowners(request, github('CODEOWNERS'))).rejects.toThrow(
      'In acme/shop, GitHub reported errors in CODEOWNERS, although it uses .github/CODEOWNERS. Run this job again.',
    );
  });

  it('does not use the check of GitHub for a file that GitHub does not use', async () => {
    const { github: fake, requests } = fakeGitHub({ ...emptyGitHub, files: { 'owners.txt': '* @gone\n' } });
    const [own] = await readCodeowners({ ...request, path: 'owners.txt' }, fake);
    expect(own).toMatchObject({ isChecked: false, codeowners: { owners: [{ owner: { login: 'gone' } }] } });
    expect(requests.filter((sent) => sent.includes('/codeowners/errors'))).toEqual([]);
  });

  it('uses the check of GitHub if the path that GitHub uses is set', async () => {
    const [own] = await readCodeowners({ ...request, path }, github(path));
    expect(own).toMatchObject({ isChecked: true, codeowners: { owners: [] } });
  });

  it.each([
    ['is missing', {}, 'There is no .github/CODEOWNERS or CODEOWNERS or docs/CODEOWNERS at commit aaaa'],
    ['is larger than GitHub loads', { [path]: `#${' '.repeat(3 * 1024 * 1024)}\n* @ada` }, 'is larger than 3 MB.'],
  ])('throws if the file %s', async (_what, files, message) => {
    await expect(readCodeowners(request, fakeGitHub({ ...emptyGitHub, files }).github)).rejects.toThrow(message);
  });
});
