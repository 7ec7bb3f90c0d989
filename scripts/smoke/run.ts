import type { WorkflowEvent } from '../../emulator/events.ts';
import { startJob } from '../../emulator/runner.ts';
import { newKeyName, organizationPath, revokeKey, type Smoke, sendRequest } from './api.ts';
import { firstSteps, lastSteps, runSteps, type SmokeSettings } from './operations.ts';
import { answerQuestions } from './questions.ts';
import type { SmokeReport } from './report.ts';

/** An organization with more members is not a test organization. */
const MAX_MEMBERS = 5;

/**
 * Runs every operation against Neon, answers the open questions, and revokes the keys of the run.
 * @param variables GITHUB_REPOSITORY and the other variables of the workflow run
 * @throws Error before any change if the organization does not look like a test organization
 */
export async function smoke(
  settings: SmokeSettings,
  event: WorkflowEvent,
  variables: Record<string, string>,
): Promise<SmokeReport> {
  await refuseRealOrganization(settings);
  const job = startJob(variables, { token: settings.githubToken, apiUrl: settings.githubApiUrl, event });
  try {
    const first = await runSteps(job, firstSteps(settings), settings);
    const findings = await answerQuestions(settings);
    const last = await runSteps(job, lastSteps(settings), settings);
    return { steps: [...first, ...last], findings, leftKeys: await revokeKeysOfRun(settings) };
  } finally {
    for (const token of job.masks) settings.mask(token);
    job.end();
  }
}

async function refuseRealOrganization(settings: Smoke): Promise<void> {
  const path = organizationPath(settings, '/members?limit=500');
  const { status, body, text } = await sendRequest(settings, settings.apiKey, 'GET', path);
  if (status !== 200) throw new Error(`The members of ${settings.organizationId} could not be listed: ${text}`);
  const { members } = body as { members: { user: { email: string } }[] };
  if (members.length > MAX_MEMBERS) {
    const count = `${settings.organizationId} has ${members.length} members`;
    throw new Error(`${count}. The smoke test changes members and keys, so use a test organization.`);
  }
  if (members.some(({ user }) => user.email.toLowerCase() === settings.memberEmail.toLowerCase())) {
    throw new Error('The account to invite and remove is already a member. Use another account.');
  }
}

/** @returns the names of the keys that could not be revoked */
async function revokeKeysOfRun(settings: Smoke): Promise<string[]> {
  const name = newKeyName(settings, '');
  // ` ~gha.<repository>.<run>-<attempt>.`
  const mark = name.slice(name.lastIndexOf(' ~')).split('.').slice(0, 3).join('.');
  const path = organizationPath(settings, '/api_keys');
  const keysOfRun = async () => {
    const { status, body, text } = await sendRequest(settings, settings.apiKey, 'GET', path);
    if (status !== 200) throw new Error(`The keys of ${settings.organizationId} could not be listed: ${text}`);
    return (body as { id: string | number; name: string }[]).filter((key) => key.name.includes(`${mark}.`));
  };
  for (const { id } of await keysOfRun()) await revokeKey(settings, String(id));
  return (await keysOfRun()).map((key) => key.name);
}
