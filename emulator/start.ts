// `npm run emulator`: runs the emulators of Neon and GitHub until Ctrl-C, and prints the variables to use them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workflowDispatch } from './events.ts';
import { startGitHub } from './github.ts';
import { commandFiles, workflowRun } from './runner.ts';
import { SAMPLE_FILES } from './sample-files.ts';
import { startNeon } from './server.ts';

const port = Number(process.env['PORT'] ?? 0);
const neon = await startNeon({ port });
const github = await startGitHub({
  port: port === 0 ? 0 : port + 1,
  files: SAMPLE_FILES,
});
const folder = mkdtempSync(join(tmpdir(), 'neon-org-action-'));
const event = join(folder, 'event.json');
const { name, ref, sha, payload } = workflowDispatch();
writeFileSync(event, JSON.stringify(payload));

const variables: Record<string, string> = {
  NEON: neon.url,
  MEMBER_KEY: neon.tokens.member,
  ORGANIZATION_KEY: neon.tokens.organization,
  PROJECT_KEY: neon.tokens.project,
  PROJECT_ID: neon.projectId,
  GITHUB: github.url,
  APP_TOKEN: github.tokens.app,
  INPUT_API_KEY: neon.tokens.admin,
  INPUT_ORG_ID: neon.organizationId,
  INPUT_API_HOST: neon.apiHost,
  INPUT_GITHUB_TOKEN: github.tokens.default,
  INPUT_GITHUB_API_URL: github.apiUrl,
  ...workflowRun,
  GITHUB_EVENT_NAME: name,
  GITHUB_EVENT_PATH: event,
  GITHUB_REF: ref,
  GITHUB_SHA: sha,
  RUNNER_TEMP: folder,
  ...commandFiles(folder, 1),
};
// These would change how other programs in the shell behave.
delete variables['CI'];
delete variables['GITHUB_ACTIONS'];

console.log(`The emulators run until Ctrl-C: Neon at ${neon.url}, GitHub at ${github.url}.
Paste these lines into another shell, in the folder of this project:
`);
for (const [variable, value] of Object.entries(variables)) console.log(`export ${variable}='${value}'`);
console.log(`
Then, for example:

  INPUT_OPERATION=list-keys npx node dist/main.js
  curl "$NEON/_emulator/state"
  curl "$GITHUB/_emulator/requests"
  curl -X PUT "$NEON/_emulator/faults" -d '[{"operation":"createOrgApiKey","nth":1,"fault":{"type":"drop-after"}}]'
  curl -X POST "$NEON/_emulator/reset"`);

async function stop(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([neon.close(), github.close()]);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
