// Stand-ins for Neon's own actions and CLI: they send Neon's API the same requests as the originals, in the same order.

const PRELUDE = `const api = async (method, path, body) => {
  const host = process.env.INPUT_API_HOST || 'https://console.neon.tech/api/v2';
  const response = await fetch(host + '/projects/' + project + '/branches' + path, {
    method,
    headers: { authorization: 'Bearer ' + key, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(method + ' ' + path + ': ' + response.status + ' ' + (await response.text()));
  return response.json();
};
const find = async (name) => {
  const { branches } = await api('GET', '?search=' + name);
  const branch = branches.find((one) => one.name === name);
  if (!branch) throw new Error('There is no branch ' + name + '.');
  return branch.id;
};
const connection = async (id) => {
  const { endpoints } = await api('GET', '/' + id + '/endpoints');
  await api('GET', '/' + id + '/databases/neondb');
  await api('GET', '/' + id + '/roles/neondb_owner');
  const { password } = await api('GET', '/' + id + '/roles/neondb_owner/reveal_password');
  return 'postgresql://neondb_owner:' + password + '@' + endpoints[0].host + '/neondb?sslmode=require';
};
`;

function action(inputs: string[], main: string): Record<string, string> {
  const metadata = {
    name: 'Stand-in',
    description: 'Stand-in',
    inputs: Object.fromEntries(inputs.map((name) => [name, { description: name, required: true }])),
    runs: { using: 'node24', main: 'main.mjs' },
  };
  const given = 'const { INPUT_API_KEY: key, INPUT_PROJECT_ID: project } = process.env;\n';
  return { 'action.yml': JSON.stringify(metadata), 'main.mjs': given + PRELUDE + main };
}

/** Source: neondatabase/create-branch-action v6.4.0, src/branch.ts, and delete-branch-action v3.2.1, action.yaml. */
export const neonActions = {
  'neondatabase/create-branch-action': action(
    ['api_key', 'project_id', 'branch_name', 'expires_at'],
    `import { appendFileSync } from 'node:fs';
const { INPUT_BRANCH_NAME: name, INPUT_EXPIRES_AT: expires_at } = process.env;
const { branches } = await api('GET', '?search=' + name);
const known = branches.find((one) => one.name === name);
const { id } = known ?? (await api('POST', '', { branch: { name, expires_at } })).branch;
appendFileSync(process.env.GITHUB_OUTPUT, 'branch_id=' + id + '\\ndb_url=' + (await connection(id)) + '\\n');
`,
  ),
  'neondatabase/delete-branch-action': action(
    ['api_key', 'project_id', 'branch'],
    "await api('DELETE', '/' + (await find(process.env.INPUT_BRANCH)));\n",
  ),
};

const cli = `#!/usr/bin/env node
import { parseArgs } from 'node:util';
const options = { 'project-id': { type: 'string' }, name: { type: 'string' }, 'expires-at': { type: 'string' } };
const { values, positionals } = parseArgs({ options: { ...options, 'no-secrets': { type: 'boolean' } }, allowPositionals: true });
const project = values['project-id'];
const key = process.env.NEON_API_KEY;
${PRELUDE}
const [command, verb, branch] = positionals;
if (command === 'connection-string') console.log(await connection(await find(verb)));
else if (verb === 'create') {
  const { branches } = await api('GET', '');
  const parent_id = branches.find((one) => one.default).id;
  const expires_at = new Date(values['expires-at']).toISOString();
  await api('POST', '', { branch: { name: values.name, parent_id, expires_at } });
} else if (verb === 'delete') await api('DELETE', '/' + (await find(branch)));
else throw new Error('Unknown command: ' + positionals.join(' '));
`;

const place = 'tools/neon';

/** A repository that has the stand-in of the npm package `neon` in its devDependencies, by a lockfile that needs no registry. */
export const neonCli: Record<string, string> = {
  'package.json': JSON.stringify({ name: 'shop', devDependencies: { neon: `file:${place}` } }),
  'package-lock.json': JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'shop', devDependencies: { neon: `file:${place}` } },
      [place]: { version: '6.2.3', dev: true, bin: { neon: 'cli.mjs' } },
      'node_modules/neon': { resolved: place, link: true },
    },
  }),
  [`${place}/package.json`]: JSON.stringify({ name: 'neon', version: '6.2.3', bin: { neon: 'cli.mjs' } }),
  [`${place}/cli.mjs`]: cli,
};
