import { describe, expect, it } from 'vitest';
import { codeownersErrors } from '../../src/github/files.ts';
import { json, listen, open } from './served.ts';

const at = { owner: 'acme', repo: 'shop', sha: 'a'.repeat(40) };
const error = { line: 3, column: 1, kind: 'Unknown owner', message: 'Unknown owner', path: 'CODEOWNERS' };

async function read(body: unknown, headers: Record<string, string> = {}) {
  const url = await listen(
    (_, response) => void response.writeHead(200, { ...json, ...headers }).end(JSON.stringify(body)),
  );
  return codeownersErrors((await open(url)).github, at);
}

describe('codeownersErrors', () => {
  it('reads the place and the kind of each error', async () => {
    const suggestion = 'add an owner';
    const all = await read({ errors: [error, { ...error, line: 4, source: '* @gone', suggestion }] });
    const { message: _ours, ...rest } = error;
    expect(all).toEqual([
      { ...rest, source: null, suggestion: null },
      { ...rest, line: 4, source: '* @gone', suggestion },
    ]);
  });

  it.each([
    ['null', null],
    ['no list', { errors: null }],
    ['an error without a path', { errors: [{ ...error, path: undefined }] }],
    ['an error without a line', { errors: [error, { ...error, line: null }] }],
  ])('throws for %s, because nothing would match the owners that GitHub does not know', async (_what, body) => {
    await expect(read(body)).rejects.toThrow(
      /^GitHub (?:did not return all CODEOWNERS errors|returned a CODEOWNERS error without)/,
    );
  });

  it('throws if there is another page', async () => {
    const link = '<https://api.github.com/x?page=2>; rel="next"';
    await expect(read({ errors: [] }, { link })).rejects.toThrow('GitHub did not return all CODEOWNERS errors.');
  });
});
