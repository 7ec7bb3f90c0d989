import { createApiClient } from '@neondatabase/api-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BranchServer, startBranches } from '../../emulator/branches.ts';
import { type NeonServer, startNeon } from '../../emulator/server.ts';
import { SEED } from '../../emulator/state.ts';

describe("startBranches, with Neon's own client", () => {
  let neon: NeonServer;
  let server: BranchServer;
  const project = SEED.projectId;
  const clientOf = (apiKey: string) => createApiClient({ apiKey, baseURL: `${server.url}/api/v2` });
  const refusal = async (request: Promise<unknown>) => {
    const error = await request.then(
      () => undefined,
      (reason: { response?: { status: number; data: { message: string } } }) => reason.response,
    );
    return [error?.status, error?.data.message];
  };

  beforeAll(async () => {
    neon = await startNeon();
  });
  beforeEach(async () => {
    await server?.close();
    server = await startBranches(neon);
  });
  afterAll(() => Promise.all([server.close(), neon.close()]));

  it('creates, describes, lists and deletes a branch', async () => {
    const client = clientOf(neon.tokens.project);
    const expires_at = '2026-12-01T00:00:00Z';
    const { data } = await client.createProjectBranch(project, { branch: { name: 'ci', expires_at } });
    const { id } = data.branch;
    expect(data.branch).toMatchObject({ name: 'ci', expires_at, parent_id: server.branches[0]?.id, default: false });
    expect(server.branches.map(({ name }) => name)).toEqual(['main', 'ci']);

    const listed = await client.listProjectBranches({ projectId: project, search: 'ci' });
    expect(listed.data.branches).toEqual([data.branch]);
    const [endpoint] = (await client.listProjectBranchEndpoints(project, id)).data.endpoints;
    expect(endpoint).toMatchObject({ branch_id: id, id: id.replace('br-', 'ep-') });
    const role = (await client.listProjectBranchRoles(project, id)).data.roles[0]?.name ?? '';
    const database = (await client.listProjectBranchDatabases(project, id)).data.databases[0]?.name ?? '';
    expect((await client.getProjectBranchRole(project, id, role)).data.role.name).toBe('neondb_owner');
    expect((await client.getProjectBranchDatabase(project, id, database)).data.database.name).toBe('neondb');
    const { password } = (await client.getProjectBranchRolePassword(project, id, role)).data;
    expect(data.connection_uris?.[0]?.connection_uri).toBe(
      `postgresql://${role}:${password}@${endpoint?.host}/${database}`,
    );

    await client.deleteProjectBranch({ projectId: project, branchId: id });
    expect(server.branches.map(({ name }) => name)).toEqual(['main']);
    expect(await refusal(client.getProjectBranch(project, id))).toEqual([404, 'branch not found']);
  });

  it('rejects a key of another project, a duplicate name, and the deletion of the default branch', async () => {
    expect(await refusal(clientOf('unknown').listProjectBranches({ projectId: project }))).toEqual([
      401,
      'supplied credentials do not pass authentication',
    ]);
    const client = clientOf(neon.tokens.admin);
    expect(await refusal(client.createProjectBranch(project, { branch: { name: 'main' } }))).toEqual([
      409,
      'branch already exists',
    ]);
    const main = server.branches[0]?.id ?? '';
    expect(await refusal(client.deleteProjectBranch({ projectId: project, branchId: main }))).toEqual([
      422,
      'cannot delete the default branch',
    ]);
  });

  it('forwards every other request to the emulator of Neon', async () => {
    const { data } = await clientOf(neon.tokens.admin).getProject(project);
    expect(data.project.id).toBe(project);
    const other = clientOf(neon.tokens.project).listProjectBranches({ projectId: SEED.secondProjectId });
    expect(await refusal(other)).toEqual([404, 'this endpoint is not emulated']);
  });
});
