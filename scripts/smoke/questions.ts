// Observes what Neon's documentation leaves open or describes inconsistently. The caller revokes the keys of the run.
import { roles } from '../../src/members/roles.ts';
import {
  createKey,
  newKeyName,
  organizationPath,
  requireKey,
  revokeKey,
  type Smoke,
  type SmokeResponse,
  sendRequest,
} from './api.ts';

interface Observation {
  /** What was tried or awaited. */
  attempt: string;
  /** Such as `404: organization not found`. */
  response: string;
}

export interface Finding {
  question: string;
  observed: Observation[];
}

const questions: [question: string, observe: (smoke: Smoke) => Promise<Observation[]>][] = [
  ['What can an organization key do?', (smoke) => rightsOfKey(smoke, undefined)],
  ['What can a project-scoped key do?', (smoke) => rightsOfKey(smoke, smoke.projectId)],
  ['Does Neon accept two keys with the same name?', duplicateNames],
  ['How long can a name be, in bytes or characters?', nameLengths],
  ['When does Neon show that a key was used?', delays],
  ['Which roles can a member have?', memberRoles],
  ['How does the last page of members end?', lastPage],
  ['How does Neon respond for an unknown organization?', unknownOrganization],
];

/** Answers every question. An error is the answer to its question, and does not stop the others. */
export async function answerQuestions(smoke: Smoke): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [question, observe] of questions) {
    const observed = await observe(smoke).catch((error: Error) => [
      { attempt: 'unexpected error', response: error.message },
    ]);
    findings.push({ question, observed });
  }
  return findings;
}

/** Tries what an organization key or a project-scoped key may do, but nothing that cannot be undone. */
async function rightsOfKey(smoke: Smoke, projectId: string | undefined): Promise<Observation[]> {
  const key = await requireKey(smoke, 'rights', projectId);
  const other = await requireKey(smoke, 'to be revoked', smoke.projectId);
  const observed: Observation[] = [];
  const attempt = async (what: string, request: Promise<SmokeResponse>) =>
    observed.push({ attempt: what, response: (await request).text });
  const get = (path: string) => sendRequest(smoke, key.token, 'GET', path);
  await attempt('read its own details (GET /auth)', get('/auth'));
  await attempt('read the current user (GET /users/me)', get('/users/me'));
  await attempt('read its project', get(`/projects/${smoke.projectId}`));
  await attempt('read the organization', get(organizationPath(smoke)));
  await attempt('list members', get(organizationPath(smoke, '/members')));
  await attempt('list invitations', get(organizationPath(smoke, '/invitations')));
  await attempt('list keys', get(organizationPath(smoke, '/api_keys')));
  await attempt('create a key', createKey(smoke, newKeyName(smoke, 'by a key'), smoke.projectId, key.token));
  await attempt('revoke a key', revokeKey(smoke, other.id, key.token));
  return observed;
}

async function duplicateNames(smoke: Smoke): Promise<Observation[]> {
  const name = newKeyName(smoke, 'duplicate');
  const first = await createKey(smoke, name, smoke.projectId);
  const second = await createKey(smoke, name, smoke.projectId);
  for (const { id } of [first, second]) if (id !== '') await revokeKey(smoke, id);
  const third = await createKey(smoke, name, smoke.projectId);
  return [
    { attempt: 'create a second key with the name of an active key', response: second.text },
    { attempt: 'create a key with the name of a revoked key', response: third.text },
  ];
}

async function nameLengths(smoke: Smoke): Promise<Observation[]> {
  const fill = (letter: string, length: number) => {
    const name = newKeyName(smoke, 'length');
    return letter.repeat(length - name.length) + name;
  };
  const observed: Observation[] = [];
  for (const [what, name] of [
    ['64 characters of one byte', fill('x', 64)],
    ['65 characters of one byte', fill('x', 65)],
    ['64 characters, some of two bytes', fill('é', 64)],
  ] as const) {
    observed.push({ attempt: what, response: (await createKey(smoke, name, smoke.projectId)).text });
  }
  return observed;
}

/** Measures how long changes take to become visible. Checks every two seconds, for at most two minutes. */
async function delays(smoke: Smoke): Promise<Observation[]> {
  const { clock } = smoke;
  const key = await requireKey(smoke, 'delays', smoke.projectId);
  const waitFor = async (attempt: string, seen: () => Promise<boolean>): Promise<Observation> => {
    const start = clock.now();
    while (clock.now() - start < 120_000) {
      if (await seen()) return { attempt, response: `after ${((clock.now() - start) / 1000).toFixed(1)} s` };
      await clock.sleep(2000);
    }
    return { attempt, response: 'not within 2 minutes' };
  };
  const use = async () => (await sendRequest(smoke, key.token, 'GET', `/projects/${smoke.projectId}`)).status;
  const listed = async () => {
    const { body } = await sendRequest(smoke, smoke.apiKey, 'GET', organizationPath(smoke, '/api_keys'));
    return (body as { id: string | number; last_used_at?: string }[]).find(({ id }) => String(id) === key.id);
  };
  const observed = [
    await waitFor('a new key is accepted', async () => (await use()) === 200),
    await waitFor('a new key is listed', async () => (await listed()) !== undefined),
    await waitFor('the use of a key is shown in `last_used_at`', async () => Boolean((await listed())?.last_used_at)),
  ];
  await revokeKey(smoke, key.id);
  observed.push(await waitFor('a revoked key is refused', async () => (await use()) !== 200));
  observed.push(await waitFor('a revoked key is missing from the list', async () => (await listed()) === undefined));
  return observed;
}

/** Requires a member that this run added. */
async function memberRoles(smoke: Smoke): Promise<Observation[]> {
  const { body } = await sendRequest(smoke, smoke.apiKey, 'GET', organizationPath(smoke, '/members?limit=500'));
  const members = (body as { members: { member: { id: string }; user: { email: string } }[] }).members;
  const found = members.find(({ user }) => user.email.toLowerCase() === smoke.memberEmail.toLowerCase());
  if (found === undefined)
    return [{ attempt: 'find the invited member', response: 'The invited person is not a member.' }];
  const path = organizationPath(smoke, `/members/${found.member.id}`);
  const observed: Observation[] = [];
  // Not `admin`, because an interrupted run would leave an admin behind.
  for (const role of roles.filter((one) => one !== 'admin')) {
    const set = await sendRequest(smoke, smoke.apiKey, 'PATCH', path, { role });
    const { body: shown } = await sendRequest(smoke, smoke.apiKey, 'GET', path);
    const { role: after } = shown as { role: string };
    observed.push({ attempt: `set the role ${role}`, response: `${set.text}, then shown as ${after}` });
  }
  return observed;
}

async function lastPage(smoke: Smoke): Promise<Observation[]> {
  let cursor = '';
  for (let page = 1; page <= 50; page += 1) {
    const path = organizationPath(smoke, `/members?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    const { body, text } = await sendRequest(smoke, smoke.apiKey, 'GET', path);
    const { members = [], pagination } = body as { members?: unknown[]; pagination?: { next?: string | null } };
    if (!pagination?.next) {
      const response = `${text}, ${members.length} members, pagination: ${JSON.stringify(pagination)}`;
      return [{ attempt: `read page ${page}`, response }];
    }
    cursor = pagination.next;
  }
  return [{ attempt: 'find the last page', response: 'Not found within 50 pages.' }];
}

async function unknownOrganization(smoke: Smoke): Promise<Observation[]> {
  const { text } = await sendRequest(
    smoke,
    smoke.apiKey,
    'GET',
    '/organizations/org-that-does-not-exist-00000000/members',
  );
  return [{ attempt: 'list members', response: text }];
}
