import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { buildSchema, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { SCHEMA } from '../../emulator/github/graphql.ts';
import { OPERATIONS as GITHUB_OPERATIONS } from '../../emulator/github/operations.ts';
import { OPERATION_IDS } from '../../emulator/operations.ts';

const root = join(import.meta.dirname, '../..');
const source = globSync('src/**/*.ts', { cwd: root, exclude: ['src/keyless/**'] })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

/** `GET /repos/{}/{}`: parameters have other names in the documentation than in some calls. */
const routeOf = (method: string, path: string) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;

/** The routes of `github.request('GET /…')`, and of calls like `github.rest.pulls.get(…)`. */
function routesInSource(): string[] {
  const literal = [...source.matchAll(/'(GET|POST|PUT|PATCH|DELETE) (\/[^']+)'/g)].map(([, method = '', path = '']) =>
    routeOf(method, path),
  );
  const { rest } = new Octokit();
  const named = [...source.matchAll(/\brest\.(\w+)\.(\w+)\b/g)].map(([, section, name]) => {
    // biome-ignore lint/suspicious/noExplicitAny: found by name
    const { method, url } = (rest as any)[section as string][name as string].endpoint.DEFAULTS;
    return routeOf(method, url);
  });
  return [...literal, ...named];
}

/** The secrets of the three scopes have the same operations, whose routes are composed at run time. */
const secretRoutes = ['GET {}', 'GET {}/public-key', 'GET {}/{}', 'PUT {}/{}', 'DELETE {}/{}'];
const secretRoots = [...source.matchAll(/'(\/[^']+\/secrets)'/g)].map(([, path = '']) => path);

describe('the operations of the emulated GitHub', () => {
  const composed = secretRoots.flatMap((path) => secretRoutes.map((route) => route.replace('{}', path)));
  const used = new Set([
    ...routesInSource(),
    ...composed.map((route) => routeOf(...(route.split(' ') as [string, string]))),
    'POST /graphql',
  ]);
  const emulated = new Set(Object.values(GITHUB_OPERATIONS).map(([method, path]) => routeOf(method, path)));

  it('are those that src/ requests', () => {
    expect(secretRoots).toHaveLength(3);
    expect([...emulated].sort()).toEqual([...used].sort());
  });
});

describe('the GraphQL schema of the emulated GitHub', () => {
  it('has only fields that occur in src/', () => {
    const words = new Set(source.match(/\w+/g));
    const fields = Object.values(buildSchema(SCHEMA).getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
      .flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()) : []));
    expect(fields.length).toBeGreaterThan(10);
    expect(fields.filter((field) => !words.has(field))).toEqual([]);
  });
});

describe('the operations of the emulated Neon', () => {
  it('are those that src/ requests, and three that Neon’s own clients request in examples and tests', () => {
    const others = OPERATION_IDS.filter((id) => !new RegExp(`\\b${id}\\b`).test(source));
    expect(others).toEqual(['listProjects', 'getProject', 'getCurrentUserOrganizations']);
  });
});
