import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '../src');

/** Which rooms each room may enter, besides its own and `lib`. Type imports count like the rest. */
const plan: Record<string, string[]> = {
  index: ['main', 'post', 'runner'],
  main: ['step', 'inputs', 'runner'],
  step: ['inputs', 'operations', 'keyless', 'keys', 'neon', 'github', 'runner'],
  'post-step': ['inputs', 'runner'],
  post: ['post-step', 'keyless', 'keys', 'neon', 'runner'],
  operations: ['inputs', 'keys', 'members', 'neon', 'github', 'runner'],
  keys: ['neon', 'github', 'runner'],
  keyless: ['post-step', 'inputs', 'keys', 'github', 'runner'],
  members: ['neon', 'github', 'runner'],
  // Plain vocabulary: roles, modes.
  inputs: ['members', 'neon', 'runner'],
  neon: [],
  github: ['@noble/ciphers', '@noble/hashes', '@octokit/rest', '@octokit/plugin-retry', '@octokit/plugin-throttling'],
  runner: ['github'],
  lib: [],
};

/** The packages each room may load, besides Node's own; a type costs nothing at run time and is marked as one. */
const packages: Record<string, string[]> = {
  runner: ['@actions/core'],
  inputs: ['fastest-levenshtein'],
  neon: ['type @neondatabase/api-client'],
  github: ['@noble/ciphers', '@noble/hashes', '@octokit/rest', '@octokit/plugin-retry', '@octokit/plugin-throttling'],
  members: ['yaml', 'fastest-levenshtein'],
};

interface Import {
  /** The file, from `src`. */
  from: string;
  room: string;
  specifier: string;
  typeOnly: boolean;
}

const statement = /^(import|export)(\s+type)?\b[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm;

function importsOf(from: string, text: string): Import[] {
  return [...text.matchAll(statement)].map(([, , type, ...specifiers]) => ({
    from,
    room: roomOf(from),
    specifier: specifiers.find((specifier) => specifier !== undefined) ?? '',
    typeOnly: type !== undefined,
  }));
}

/** `neon/retry.ts` is in the room `neon`, `main.ts` is one of its own. */
function roomOf(file: string): string {
  return file.split('/')[0]?.replace(/\.ts$/, '') ?? '';
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(src, file), 'utf8')));

const isNode = ({ specifier }: Import) => specifier.startsWith('node:');
const inModules = /^(?:\.\.\/)+node_modules\//;
const isOurs = ({ specifier }: Import) => specifier.startsWith('.') && !inModules.test(specifier);
const targetOf = ({ from, specifier }: Import) => relative(src, join(src, from, '..', specifier)).replaceAll('\\', '/');
const packageOf = ({ specifier }: Import) =>
  /^(?:@[^/]+\/)?[^/]+/.exec(specifier.replace(inModules, ''))?.[0] ?? specifier;

describe('the reader of imports', () => {
  it.each([
    ["import { a } from './a.ts';", './a.ts', false],
    ["import a, {\n  type B,\n  c,\n} from './a.ts';", './a.ts', false],
    ["import type { A } from './a.ts';", './a.ts', true],
    ["import './a.ts';", './a.ts', false],
    ["export { a } from './a.ts';", './a.ts', false],
    ["export type { A } from './a.ts';", './a.ts', true],
    ["const a = await import('./a.ts');", './a.ts', false],
    ["const a: typeof import('./a.ts');", './a.ts', false],
  ])('finds the one of %j', (text, specifier, typeOnly) => {
    expect(importsOf('x.ts', text)).toEqual([{ from: 'x.ts', room: 'x', specifier, typeOnly }]);
  });

  it('finds each of several, and none in a text', () => {
    const text = "import a from 'a';\nimport type b from 'b';\nconst c = 'import d from';\n";
    expect(importsOf('x.ts', text).map(({ specifier }) => specifier)).toEqual(['a', 'b']);
  });

  it('finds at least one in nearly every file', () => {
    expect(new Set(imports.map(({ from }) => from)).size).toBeGreaterThan(files.length / 2);
  });
});

describe('the layers of src/', () => {
  it.each([...new Set(files.map(roomOf))].sort())('%s enters only the rooms that the plan allows', (room) => {
    const allowed = [room, 'lib', ...(plan[room] ?? [])];
    const entered = imports.filter((one) => one.room === room && isOurs(one));
    const forbidden = entered.filter((one) => !allowed.includes(roomOf(targetOf(one))));
    expect(Object.keys(plan)).toContain(room);
    expect(forbidden.map((one) => `${one.from} → ${targetOf(one)}`)).toEqual([]);
  });

  it('never import the emulator, the tests or the scripts', () => {
    const outside = imports.filter((one) => isOurs(one) && targetOf(one).startsWith('..'));
    expect(outside.map((one) => `${one.from} → ${targetOf(one)}`)).toEqual([]);
  });

  it('every import of ours names a file that is there', () => {
    const missing = imports.filter((one) => isOurs(one) && !files.includes(targetOf(one)));
    expect(missing.map((one) => `${one.from} → ${one.specifier}`)).toEqual([]);
  });

  it('no import reaches into a package, but for the commands of the toolkit', () => {
    const inner = imports.filter(
      (one) => inModules.test(one.specifier) || /^(?:@[^/]+\/)?[^@./][^/]*\/lib\//.test(one.specifier),
    );
    expect(new Set(inner.map((one) => one.from))).toEqual(new Set(['runner/commands.ts']));
  });

  it('packages are loaded where they belong', () => {
    const loaded = imports.filter((one) => !isOurs(one) && !isNode(one));
    const forbidden = loaded.filter((one) => {
      const allowed = packages[one.room] ?? [];
      return !allowed.includes(packageOf(one)) && !(one.typeOnly && allowed.includes(`type ${packageOf(one)}`));
    });
    expect(forbidden.map((one) => `${one.from} → ${one.specifier}`)).toEqual([]);
  });
});
