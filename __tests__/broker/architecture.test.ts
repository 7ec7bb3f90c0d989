import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const from = /\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm;

function specifiersOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(from)].map(([, ...found]) => found.find((one) => one !== undefined) ?? '');
}

const sources = readdirSync(join(root, 'broker'), { recursive: true, encoding: 'utf8' })
  .map((file) => join('broker', file).replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

/** Every file of ours that the broker reaches, types included. */
function reached(): Set<string> {
  const files = new Set<string>();
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    for (const specifier of specifiersOf(file)) {
      if (specifier.startsWith('.')) visit(relative(root, join(root, file, '..', specifier)).replaceAll('\\', '/'));
    }
  };
  for (const file of sources) visit(file);
  return files;
}

const files = [...reached()];
const instructions = readFileSync(join(root, 'broker/Dockerfile'), 'utf8')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line));
const finalStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));
const copied = finalStage.filter((line) => /^COPY (?!--from)/.test(line)).map((line) => line.split(' ')[1] ?? '');

describe('the broker', () => {
  it('imports src/keys, src/neon and src/lib, and nothing else of the action', () => {
    const outside = files.filter((file) => !/^(broker|src\/(keys|neon|lib))\//.test(file));
    expect(outside).toEqual([]);
    expect(files).toContain('src/keys/revoke.ts');
  });

  it('imports only its own packages', () => {
    const allowed = ['hono', '@hono/node-server', 'jose', 'yaml', 'zod', '@neondatabase/api-client'];
    const loaded = files.flatMap(specifiersOf).filter((specifier) => !/^(\.|node:)/.test(specifier));
    expect(loaded.filter((specifier) => !allowed.includes(specifier))).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const name of ['hono', '@hono/node-server', 'jose', 'yaml', 'zod']) {
      expect(manifest.dependencies).toHaveProperty([name]);
    }
  });

  it('is not imported by the action', () => {
    const action = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const entering = action.filter((file) => specifiersOf(join('src', file)).some((one) => one.includes('broker/')));
    expect(entering).toEqual([]);
  });
});

describe('broker/Dockerfile', () => {
  it('copies existing paths, and every file that the broker imports', () => {
    for (const path of copied) expect(existsSync(join(root, path)), path).toBe(true);
    expect(files.filter((file) => !copied.some((path) => file.startsWith(`${path}/`)))).toEqual([]);
  });

  it('excludes everything from the build that it does not copy', () => {
    const ignore = readFileSync(join(root, 'broker/Dockerfile.dockerignore'), 'utf8').trim().split('\n');
    expect(ignore[0]).toBe('*');
    const tops = new Set(
      instructions
        .flatMap((line) => /^COPY (?!--from)(.*) \S+$/.exec(line)?.[1]?.split(' ') ?? [])
        .map((path) => path.split('/')[0]),
    );
    expect(
      ignore
        .slice(1)
        .map((line) => line.slice(1))
        .sort(),
    ).toEqual([...tops].sort());
  });

  it('runs the broker as an unprivileged user', () => {
    expect(finalStage).toContain('USER 65532:65532');
    expect(finalStage.indexOf('USER 65532:65532')).toBeGreaterThan(
      finalStage.findLastIndex((line) => line.startsWith('COPY')),
    );
    expect(finalStage.filter((line) => /^(ENTRYPOINT|CMD)/.test(line))).toEqual([
      'ENTRYPOINT ["node", "broker/cli.ts"]',
      'CMD ["serve"]',
    ]);
  });

  it('uses the major version of Node that the tests use', () => {
    const versions = instructions.flatMap((line) => /^FROM node:(\d+)-/.exec(line)?.[1] ?? []);
    expect(versions).toEqual([process.versions.node.split('.')[0], process.versions.node.split('.')[0]]);
  });
});
