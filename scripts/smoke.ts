// In the smoke workflow: `npm run smoke` runs every operation against a Neon test organization. It reads its settings from
// the environment, and writes GITHUB_STEP_SUMMARY.
import { appendFileSync, readFileSync } from 'node:fs';
import type { WorkflowEvent } from '../emulator/events.ts';
import { readWorkflowRun } from '../src/github/run.ts';
import { systemClock } from '../src/lib/clock.ts';
import { hasPassed, smokeSummary } from './smoke/report.ts';
import { smoke } from './smoke/run.ts';

const { env } = process;

function required(name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set. CONTRIBUTING.md lists the settings of the smoke test.`);
  return value;
}

const runVariables = Object.entries(env).flatMap(([name, value]) =>
  /^(GITHUB_(REPOSITORY|RUN|SERVER|JOB)|CI$)/.test(name) && value !== undefined ? [[name, value] as const] : [],
);
const event: WorkflowEvent = {
  name: required('GITHUB_EVENT_NAME'),
  ref: required('GITHUB_REF'),
  sha: required('GITHUB_SHA'),
  payload: JSON.parse(readFileSync(required('GITHUB_EVENT_PATH'), 'utf8')),
};

const report = await smoke(
  {
    apiHost: env['NEON_API_HOST'] || 'https://console.neon.tech/api/v2',
    apiKey: required('NEON_API_KEY'),
    organizationId: required('NEON_ORG_ID'),
    projectId: required('NEON_PROJECT_ID'),
    memberEmail: required('SMOKE_MEMBER_EMAIL'),
    githubToken: required('GITHUB_TOKEN'),
    secretsToken: required('SMOKE_SECRETS_TOKEN'),
    githubApiUrl: required('GITHUB_API_URL'),
    run: readWorkflowRun(env),
    clock: systemClock,
    mask: (token) => console.log(`::add-mask::${token}`),
  },
  event,
  Object.fromEntries(runVariables),
);
const summary = smokeSummary(report);
console.log(summary);
if (env['GITHUB_STEP_SUMMARY']) appendFileSync(env['GITHUB_STEP_SUMMARY'], summary);
process.exitCode = hasPassed(report) ? 0 : 1;
