// Builds dist/ from src/: tsc compiles to build/, ncc bundles that with its dependencies. `--check` only compares.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import ncc, { type Statistics } from '@vercel/ncc';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** @returns the files of dist/ by their names */
async function build(): Promise<Map<string, string>> {
  rmSync(join(root, 'build'), { recursive: true, force: true });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  const options = { license: 'licenses.txt', cache: false, quiet: true } as const;
  const { code, assets, stats } = await ncc(join(root, 'build/index.js'), options);
  const { chunks } = stats.toJson({ all: false, chunks: true, ids: true, chunkOrigins: true, chunkModules: true });
  const names = new Map(chunks.filter(({ entry }) => !entry).map((chunk) => [chunk.id, nameOf(chunk)]));
  if (new Set(names.values()).size < names.size) throw new Error('two chunks have the same name');

  const runtime = withoutCreateRequire(withChunkNames(code, names));
  // The runner starts a file and cannot call an export. Loading one file less saves 1 ms at every start.
  const files = new Map(['main', 'post'].map((entry) => [`${entry}.js`, `${runtime}\nawait ${entry}();\n`]));
  for (const [file, { source }] of Object.entries(assets)) {
    const name = names.get(Number.parseInt(file, 10));
    files.set(name === undefined ? file : `chunks/${name}.js`, source.toString());
  }
  return files;
}

/** A chunk is named after the modules that load it: `main`, `main-post` for shared code, `seal-packages` for dependencies. */
function nameOf({ origins, modules }: Statistics['chunks'][number]): string {
  const requests = [...new Set(origins.map(({ request }) => request))];
  const isOurs = modules.some(({ name }) => name?.startsWith('./build/'));
  return requests
    .map((request) => parse(request).name)
    .sort()
    .concat(isOurs || !requests[0]?.startsWith('.') ? [] : 'packages')
    .join('-');
}

/** ncc numbers the files of its chunks. */
function withChunkNames(code: string, names: Map<number, string>): string {
  const table = JSON.stringify(Object.fromEntries(names));
  return replaceOnce(code, '"" + chunkId + ".index.js"', `"chunks/" + ${table}[chunkId] + ".js"`);
}

/** Importing `createRequire` and calling it for each of Node's modules takes 2 ms of every start. */
function withoutCreateRequire(code: string): string {
  const withoutImport = replaceOnce(
    code,
    'import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";\n',
    '',
  );
  return withoutImport.replaceAll('__WEBPACK_EXTERNAL_createRequire(import.meta.url)', 'process.getBuiltinModule');
}

function replaceOnce(text: string, what: string, by: string): string {
  if (text.split(what).length !== 2) throw new Error(`ncc's output does not contain ${what} exactly once`);
  return text.replace(what, () => by);
}

function filesOfDist(): Map<string, string> {
  const entries = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path.slice(dist.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]));
}

function staleFiles(files: Map<string, string>): string[] {
  const committed = filesOfDist();
  return [...new Set([...files.keys(), ...committed.keys()])].filter((name) => files.get(name) !== committed.get(name));
}

const files = await build();
if (process.argv.includes('--check')) {
  const stale = staleFiles(files);
  if (stale.length > 0) {
    console.error(`dist/ does not match src/ (${stale.join(', ')}). Run "npm run build" and commit dist/.`);
    process.exitCode = 1;
  }
} else {
  rmSync(dist, { recursive: true, force: true });
  for (const [name, text] of files) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    writeFileSync(join(dist, name), text);
  }
}
