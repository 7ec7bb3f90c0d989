// Builds dist/ from src/: tsc compiles to build/, ncc bundles that with its dependencies. `--check` only compares.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ncc from '@vercel/ncc';

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
  const { code, assets } = await ncc(join(root, 'build/index.js'), options);
  const files = new Map(Object.entries(assets).map(([name, { source }]) => [name, source.toString()]));
  files.set('index.js', code);
  // The runner starts a file; it cannot call an export.
  for (const entry of ['main', 'post']) {
    files.set(`${entry}.js`, `import { ${entry} } from './index.js';\nawait ${entry}();\n`);
  }
  return files;
}

function staleFiles(files: Map<string, string>): string[] {
  const committed = new Map(readdirSync(dist).map((name) => [name, readFileSync(join(dist, name), 'utf8')]));
  return [...new Set([...files.keys(), ...committed.keys()])].filter((name) => files.get(name) !== committed.get(name));
}

const files = await build();
if (process.argv.includes('--check')) {
  const stale = staleFiles(files);
  if (stale.length > 0) {
    console.error(`dist/ is not what src/ builds to (${stale.join(', ')}). Run "npm run build" and commit dist/.`);
    process.exitCode = 1;
  }
} else {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const [name, text] of files) writeFileSync(join(dist, name), text);
}
