import { startGitHub } from './github.ts';
import { startNeon } from './server.ts';

const port = Number(process.env['PORT'] ?? 0);
const neon = await startNeon({ port });
const github = await startGitHub({
  port: port === 0 ? 0 : port + 1,
  files: { '.github/CODEOWNERS': '* @ada @octocat\n/migrations/ @acme/platform-db\n' },
});
const { organizationId, projectId, tokens } = neon;

console.log(`Until Ctrl-C, the emulated Neon listens at ${neon.url},
the emulated GitHub at ${github.url}.

Neon
  organization      ${organizationId}
  project           ${projectId}
  admin's key       ${tokens.admin}
  member's key      ${tokens.member}
  organization key  ${tokens.organization}
  project key       ${tokens.project}

GitHub
  repository        acme/shop, with a CODEOWNERS that names ada, octocat and the team platform-db
  GITHUB_TOKEN      ${github.tokens.default}
  an app's token    ${github.tokens.app}

To point the action at them:

  with:
    operation: create-key
    api_key: ${tokens.admin}
    org_id: ${organizationId}
    project_id: ${projectId}
    api_host: ${neon.apiHost}
    github_token: ${github.tokens.app}
    github_api_url: ${github.apiUrl}

To look and to disturb, at either:

  curl ${neon.url}/_emulator/state
  curl ${github.url}/_emulator/requests
  curl -X POST ${github.url}/_emulator/reset
  curl -X PUT ${neon.url}/_emulator/faults -d '[{"operation":"createOrgApiKey","nth":1,"fault":{"type":"drop-after"}}]'
  curl -X PUT ${github.url}/_emulator/faults -d '[{"operation":"getContent","fault":{"type":"status","status":503}}]'
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void Promise.all([neon.close(), github.close()]));
}
