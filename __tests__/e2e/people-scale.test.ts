import { describe, expect, it } from 'vitest';
import { push } from '../../emulator/events.ts';
import { inGitHubWorld } from './world.ts';

const owners = 5000;
const teamCount = 200;
const membersAlready = 4000;

const logins = Array.from({ length: owners }, (_, i) => `person-${i}`);
const emailOf = (login: string) => `${login}@example.com`;
const teams = Array.from({ length: teamCount }, (_, i) => ({
  slug: `team-${i}`,
  members: logins.filter((_login, index) => index % teamCount === i),
}));
const codeowners = teams.map(({ slug }) => `/services/${slug}/ @acme/${slug}`).join('\n');

describe('sync-invitations with 5,000 owners in 200 teams, 4,000 of them members', () => {
  it('needs few requests, and only reads on a second run', () =>
    inGitHubWorld(
      async ({ job, base, neon, github, requests, githubRequests }) => {
        const step = {
          operation: 'sync-invitations',
          ...base,
          timeout: '10m',
          identity_sources: 'people-file, verified-domain',
          max_invitations: '1000',
        };
        const first = await job.step(step).main();
        expect(first.log.filter((line) => line.startsWith('Error'))).toEqual([]);
        expect(first.outputs['invited_count']).toBe(String(owners - membersAlready));

        const pages = Math.ceil((membersAlready + 3) / 500);
        const batches = Math.ceil((owners - membersAlready) / 100);
        expect(requests().length).toBeLessThanOrEqual(2 + pages + batches);
        expect(requests().filter((operation) => operation === 'createOrganizationInvitations')).toHaveLength(batches);
        const fixed = ['getRepository', 'getCommit', 'getContent', 'getCodeownersErrors', 'getContent'];
        // One more request looks for the missing people file in the history.
        const operations = githubRequests();
        expect(operations.filter((operation) => fixed.includes(operation))).toEqual(fixed);
        expect(operations.length - fixed.length).toBeLessThanOrEqual(teamCount + Math.ceil(owners / 100) + 1);

        neon.requests.length = 0;
        github.requests.length = 0;
        const second = await job.step(step).main();
        expect(second.outputs).toMatchObject({ changed: 'false', invited_count: '0' });
        expect(neon.requests.every(({ method }) => method === 'GET')).toBe(true);
      },
      {
        event: push(),
        token: 'app',
        seed: { members: logins.slice(0, membersAlready).map((login) => ({ email: emailOf(login) })) },
        github: {
          files: { '.github/CODEOWNERS': codeowners },
          seed: { members: logins.map((login) => ({ login, verified_emails: [emailOf(login)] })), teams },
        },
      },
    ));
});
