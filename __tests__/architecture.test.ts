import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '../src');

/** The rooms that each room may import, in addition to its own and `lib`. Type imports count, too. */
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

/** The packages that each room may load, in addition to Node's own. Types are marked, because they cost nothing at run time. */
const packages: Record<string, string[]> = {
  runner: ['@actions/core'],
  lib: ['fastest-levenshtein'],
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

/** `neon/retry.ts` is in the room `neon`; `main.ts` is its own room. */
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

describe('importsOf', () => {
  it.each([
    ["import { a } from './a.ts';", './a.ts', false],
    ["import a, {\n  type B,\n  c,\n} from './a.ts';", './a.ts', false],
    ["import type { A } from './a.ts';", './a.ts', true],
    ["import './a.ts';", './a.ts', false],
    ["export { a } from './a.ts';", './a.ts', false],
    ["export type { A } from './a.ts';", './a.ts', true],
    ["const a = await import('./a.ts');", './a.ts', false],
    ["const a: typeof import('./a.ts');", './a.ts', false],
  ])('finds the import in %j', (text, specifier, typeOnly) => {
    expect(importsOf('x.ts', text)).toEqual([{ from: 'x.ts', room: 'x', specifier, typeOnly }]);
  });

  it('finds each of several imports, and none in a string', () => {
    const text = "import a from 'a';\nimport type b from 'b';\nconst c = 'import d from';\n";
    expect(importsOf('x.ts', text).map(({ specifier }) => specifier)).toEqual(['a', 'b']);
  });

  it('finds an import in most files', () => {
    expect(new Set(imports.map(({ from }) => from)).size).toBeGreaterThan(files.length / 2);
  });
});

describe('the layers of src/', () => {
  it.each([...new Set(files.map(roomOf))].sort())('let %s import only from the rooms that the plan allows', (room) => {
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

  it('match the files that the walkthrough of docs/design.md names', () => {
    const page = readFileSync(join(src, '../docs/design.md'), 'utf8');
    const diagrams = [...page.matchAll(/^```mermaid\n(.*?)^```/gms)].map(([, text = '']) => text).join('\n');
    const named = [...diagrams.matchAll(/[\w/-]+\.ts/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)))).toEqual([]);
  });

  it('contain only imports of files that exist', () => {
    const missing = imports.filter((one) => isOurs(one) && !files.includes(targetOf(one)));
    expect(missing.map((one) => `${one.from} → ${one.specifier}`)).toEqual([]);
  });

  it("do not import internal files of packages, except the toolkit's commands", () => {
    const inner = imports.filter(
      (one) => inModules.test(one.specifier) || /^(?:@[^/]+\/)?[^@./][^/]*\/lib\//.test(one.specifier),
    );
    expect(new Set(inner.map((one) => one.from))).toEqual(new Set(['runner/commands.ts', 'runner/log.ts']));
  });

  it('load each package only in the rooms that may use it', () => {
    const loaded = imports.filter((one) => !isOurs(one) && !isNode(one));
    const forbidden = loaded.filter((one) => {
      const allowed = packages[one.room] ?? [];
      return !allowed.includes(packageOf(one)) && !(one.typeOnly && allowed.includes(`type ${packageOf(one)}`));
    });
    expect(forbidden.map((one) => `${one.from} → ${one.specifier}`)).toEqual([]);
  });
});

describe('the files of src/ and broker/', () => {
  const root = join(import.meta.dirname, '..');
  const texts = new Map(
    globSync(['src/**/*.ts', 'broker/**/*.ts'], { cwd: root })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => !file.endsWith('.d.ts'))
      .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const),
  );

  it('declare every top-level name once', () => {
    const declaration =
      /^(?:export )?(?:abstract )?(?:async )?(?:function\*?|class|interface|type|enum|const|let) +([\w$]+)/gm;
    const declared = [...texts].flatMap(([file, text]) =>
      [...text.matchAll(declaration)].map(([, name = '']) => ({ file, name })),
    );
    const shared = [...Map.groupBy(declared, ({ name }) => name)]
      .map(([name, places]) => ({ name, files: [...new Set(places.map(({ file }) => file))] }))
      .filter(({ files }) => files.length > 1);
    expect(declared.length).toBeGreaterThan(900);
    expect(shared).toEqual([]);
  });

  it('import each other in one direction', () => {
    const targets = new Map(
      [...texts].map(([file, text]) => [
        file,
        importsOf(file, text)
          .filter(isOurs)
          .map(({ specifier }) => join(file, '..', specifier).replaceAll('\\', '/')),
      ]),
    );
    expect(cyclesIn(targets)).toEqual([]);
  });

  it('have at most 300 lines', () => {
    const long = [...texts].filter(([, text]) => text.trimEnd().split('\n').length > 300);
    expect(long.map(([file]) => file)).toEqual([]);
  });
});

/** @returns the first cycle through each file that is reached again, as a path of files */
function cyclesIn(targets: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (path.includes(file) || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}

it('cyclesIn finds a cycle that does not contain the first file', () => {
  const targets = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['b']],
    ['d', []],
  ]);
  expect(cyclesIn(targets)).toEqual(['b → c → b']);
});

/** Tests that are about more than one source file. */
const widerTests = ['keys/rotation-model.test.ts', 'members/safety.test.ts'];

/** Sources without a test file of their own, by the test that covers them. A folder stands for all its files. */
const coveredBy: Record<string, string[]> = {
  'e2e/create-key.test.ts': ['index.ts', 'main.ts', 'step.ts', 'post.ts', 'post-step.ts'],
  'e2e/operations.test.ts': ['operations/', 'keys/render.ts', 'keys/render-keys.ts'],
  'e2e/keyless.test.ts': ['keyless/create-keyless-key.ts', 'keyless/keyless-post.ts'],
  'keyless/mint.test.ts': ['keyless/errors.ts'],
  'e2e/rotate.test.ts': ['keys/render-rotation.ts'],
  'e2e/secrets.test.ts': ['keys/render-revoke.ts'],
  'e2e/people.test.ts': ['members/render-organization.ts'],
  'members/member.test.ts': ['members/render-member.ts'],
  'members/plan.test.ts': ['members/change.ts'],
  'members/resolve.test.ts': ['members/address-book.ts'],
  'members/sync.test.ts': ['members/sources.ts', 'members/render-log.ts'],
  'keys/lifecycle.test.ts': ['keys/lifecycle-requests.ts'],
  'github/runs.test.ts': ['github/activity.ts'],
  'inputs/read.test.ts': ['inputs/rules.ts'],
  'neon/endpoints.test.ts': ['neon/needs.ts'],
  'runner/commands.test.ts': ['runner/log.ts'],
  'runner/help.test.ts': ['runner/help-headings.ts'],
};

describe('__tests__/, which mirrors src/', () => {
  const testFiles = globSync('**/*.test.ts', { cwd: import.meta.dirname }).map((file) => file.replaceAll('\\', '/'));
  const rooms = new Set(files.filter((file) => file.includes('/')).map(roomOf));
  const sourceOf = (test: string) => test.replace(/\.test\.ts$/, '.ts');
  const covered = Object.values(coveredBy).flat();
  const isCovered = (file: string) => covered.some((one) => (one.endsWith('/') ? file.startsWith(one) : file === one));

  it('has a source file for every test file, except those that test several', () => {
    const ofRooms = testFiles.filter((test) => rooms.has(roomOf(test)));
    const alone = ofRooms.filter((test) => !files.includes(sourceOf(test)));
    expect(alone.sort()).toEqual(widerTests);
  });

  it('has a test file for every source file, or names the test that covers it', () => {
    const tested = new Set(testFiles.map(sourceOf));
    expect(files.filter((file) => !tested.has(file) && !isCovered(file))).toEqual([]);
  });

  it('lists only files and folders that exist, and no source file that has its own test', () => {
    expect(Object.keys(coveredBy).filter((test) => !testFiles.includes(test))).toEqual([]);
    expect(covered.filter((one) => !existsSync(join(src, one)))).toEqual([]);
    expect(covered.filter((one) => testFiles.includes(one.replace(/\.ts$/, '.test.ts')))).toEqual([]);
  });
});
