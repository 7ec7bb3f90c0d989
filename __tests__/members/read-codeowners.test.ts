import { describe, expect, it } from 'vitest';
import { crossCheck, parseCodeowners } from '../../src/members/codeowners.ts';
import { ownerName } from '../../src/members/owner.ts';
import { invalidLinesOf, uniteOwners } from '../../src/members/read-codeowners.ts';
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
