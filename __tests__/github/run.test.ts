import { expect, it } from 'vitest';
import { workflowRun } from '../../emulator/runner.ts';
import { readWorkflowRun } from '../../src/github/run.ts';

it('reads what the runner sets for every step', () => {
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
  '%j is no number of a run',
  (value) => {
    expect(() => readWorkflowRun({ ...workflowRun, GITHUB_RUN_ID: value })).toThrow(/^GITHUB_RUN_ID must be set/);
  },
);

it('names all variables that are missing, and where to set them', () => {
  expect(() => readWorkflowRun({})).toThrow(
    /^GITHUB_REPOSITORY_ID, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT must be set to a number: .*set them in the environment\.$/,
  );
});

it('needs neither the names of the repository and the job: they are for people', () => {
  const { GITHUB_REPOSITORY: _repository, GITHUB_JOB: _job, ...numbers } = workflowRun;
  expect(readWorkflowRun(numbers)).toMatchObject({ repository: '', job: '' });
});
