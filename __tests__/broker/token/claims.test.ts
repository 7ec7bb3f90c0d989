import { describe, expect, it } from 'vitest';
import { ClaimsError, readCaller } from '../../../broker/token/claims.ts';
import { jobClaims } from '../issuer.ts';

const github = 'https://github.com';

describe('readCaller', () => {
  it('reads the run, the owner and the claims that a policy may name', () => {
    const environment = 'staging';
    expect(readCaller({ ...jobClaims, environment, other: 'x' }, github)).toEqual({
      repository: 'acme/shop',
      repositoryId: 812345678,
      ownerId: 987654,
      actor: 'ada',
      actorId: '42',
      run: { repositoryId: 812345678, runId: 19876543210, runAttempt: 1 },
      conditions: { event_name: 'push', ref: 'refs/heads/main', environment },
    });
  });

  it('marks the run of another server', () => {
    expect(readCaller(jobClaims, 'https://github.example.com').run.server).toMatch(/^[0-9a-z]{3}$/);
  });

  it.each([
    'repository',
    'repository_id',
    'repository_owner_id',
    'run_id',
    'run_attempt',
    'event_name',
    'ref',
    'actor',
  ])('requires %s', (name) => {
    const { [name as keyof typeof jobClaims]: _, ...rest } = jobClaims;
    expect(() => readCaller(rest, github)).toThrow(new ClaimsError([name]));
  });

  it.each(['0', '-1', '1.5', '01', ' 1', '1e3', '0x1', '9007199254740992', '', 0, -1, 1.5, 2 ** 53, null, [1], {}])(
    'rejects %j as an ID',
    (id) => {
      for (const name of ['repository_id', 'repository_owner_id', 'run_id', 'run_attempt']) {
        expect(() => readCaller({ ...jobClaims, [name]: id }, github)).toThrow(new ClaimsError([name]));
      }
    },
  );

  it('treats a condition that is not text as missing', () => {
    expect(readCaller({ ...jobClaims, environment: ['staging'] }, github).conditions).not.toHaveProperty('environment');
  });
});
