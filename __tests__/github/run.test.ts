import { expect, it } from 'vitest';
import { workflowRun } from '../../emulator/runner.ts';
import { readWorkflowRun, repositoryOf } from '../../src/github/run.ts';

it('readWorkflowRun reads the variables that the runner sets for every step', () => {
  expect(readWorkflowRun(workflowRun)).toEqual({
    repositoryId: 812_345_678,
    runId: 19_876_543_210,
    runAttempt: 1,
    repository: 'acme/shop',
    runsUrl: 'https://github.com/acme/shop/actions/runs',
    job: 'integration-tests',
  });
});

it.each(['', '12a', '-1', '1.5', 'NaN', 'Infinity', '1e3', '0x10', '9007199254740993'])(
  'readWorkflowRun rejects the run ID %j',
  (value) => {
    expect(() => readWorkflowRun({ ...workflowRun, GITHUB_RUN_ID: value })).toThrow(/^GITHUB_RUN_ID must be set/);
  },
);

it('readWorkflowRun names all missing variables, and where to set them', () => {
  expect(() => readWorkflowRun({})).toThrow(
    /^GITHUB_REPOSITORY_ID, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT must be set to a number, because .*set them in the environment\.$/,
  );
});

it.each([
  ['https://github.com', undefined],
  ['', undefined],
  ['https://GitHub.com/', undefined],
])('readWorkflowRun adds no server to the mark for %j', (GITHUB_SERVER_URL, server) => {
  expect(readWorkflowRun({ ...workflowRun, GITHUB_SERVER_URL }).server).toBe(server);
});

it('readWorkflowRun adds three letters and digits for another server, independent of case and path', () => {
  const serverOf = (GITHUB_SERVER_URL: string) => readWorkflowRun({ ...workflowRun, GITHUB_SERVER_URL }).server;
  expect(serverOf('https://git.example.com')).toMatch(/^[0-9a-z]{3}$/);
  expect(serverOf('https://GIT.example.com/')).toBe(serverOf('https://git.example.com'));
  expect(serverOf('https://acme.ghe.com')).not.toBe(serverOf('https://git.example.com'));
});

it.each(['', 'shop', 'acme/shop/x', '/shop', 'acme/'])('readWorkflowRun rejects the repository %j', (repository) => {
  const run = readWorkflowRun({ ...workflowRun, GITHUB_REPOSITORY: repository });
  expect(() => repositoryOf(run)).toThrow('GITHUB_REPOSITORY must be');
});

it('repositoryOf returns the owner and the name', () => {
  expect(repositoryOf(readWorkflowRun(workflowRun))).toEqual({ owner: 'acme', repo: 'shop' });
});

it('readWorkflowRun does not require the names of the repository and the job', () => {
  const { GITHUB_REPOSITORY: _repository, GITHUB_JOB: _job, ...numbers } = workflowRun;
  expect(readWorkflowRun(numbers)).toMatchObject({ repository: '', job: '' });
});
