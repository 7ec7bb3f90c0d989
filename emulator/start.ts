import { startNeon } from './server.ts';

const neon = await startNeon({ port: Number(process.env['PORT'] ?? 0) });
const { url, apiHost, organizationId, projectId, tokens } = neon;

console.log(`The emulated Neon listens at ${url} until Ctrl-C.

organization      ${organizationId}
project           ${projectId}
admin's key       ${tokens.admin}
member's key      ${tokens.member}
organization key  ${tokens.organization}
project key       ${tokens.project}

To point the action at it:

  with:
    operation: create-key
    api_key: ${tokens.admin}
    org_id: ${organizationId}
    project_id: ${projectId}
    api_host: ${apiHost}

To look and to disturb:

  curl ${url}/_emulator/state
  curl ${url}/_emulator/requests
  curl -X POST ${url}/_emulator/reset
  curl -X PUT ${url}/_emulator/faults -d '[{"operation":"createOrgApiKey","nth":1,"fault":{"type":"drop-after"}}]'
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void neon.close());
