// The real key broker on 127.0.0.1, with a policy for pushes to the main branch, for tests, the demo and the benchmark.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, createBroker } from '../broker/broker.ts';
import { readConfig } from '../broker/config.ts';
import { systemEffects } from '../broker/effects.ts';
import { listen } from '../broker/server.ts';
import type { OidcServer } from './oidc.ts';
import { workflowRun } from './runner.ts';
import type { NeonServer } from './server.ts';

/** Handles a request between a job and the broker. */
export type Interceptor = (request: Request, forward: () => Promise<Response>) => Promise<Response>;

export interface BrokerServerOptions {
  neon: NeonServer;
  oidc: OidcServer;
  /** The lifetime of keys, as in the policy. Default: `1h`. */
  lifetime?: string;
  /** The IDs of other repositories whose jobs may request keys. */
  repositoryIds?: number[];
}

export interface BrokerServer {
  /** The `broker_url` of jobs. */
  readonly url: string;
  readonly broker: Broker;
  /** The audit log so far. */
  readonly audit: Record<string, unknown>[];
  /** The log for operators so far. */
  readonly log: Record<string, unknown>[];
  /** The methods of the requests so far. */
  readonly methods: string[];
  /** Handles every request if it is set. */
  interceptor: Interceptor | undefined;
  /** Runs the timers until the server is closed, with a sweep every second. */
  runTimers(): void;
  close(): Promise<void>;
}

/** The claims of a job that the policy allows. */
export const allowedClaims = {
  repository: workflowRun.GITHUB_REPOSITORY,
  repository_id: workflowRun.GITHUB_REPOSITORY_ID,
  repository_owner_id: '987654',
  run_id: workflowRun.GITHUB_RUN_ID,
  run_attempt: workflowRun.GITHUB_RUN_ATTEMPT,
  event_name: 'push',
  ref: 'refs/heads/main',
};

/** Starts the broker and lists the keys once, so that it mints. */
export async function startBrokerServer(options: BrokerServerOptions): Promise<BrokerServer> {
  const { neon } = options;
  const folder = mkdtempSync(join(tmpdir(), 'neon-broker-'));
  const methods: string[] = [];
  const [audit, log] = [[] as Record<string, unknown>[], [] as Record<string, unknown>[]];
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const front = await listen({ fetch: serve }, '127.0.0.1', 0);
  const url = `${front.url}/`;
  writeFileSync(join(folder, 'key'), neon.tokens.admin);
  writeFileSync(join(folder, 'policy.yml'), policyText(url, options));
  const env = environment(folder, options);
  const config = readConfig(env);
  const broker = await createBroker(config, {
    ...systemEffects(config, env),
    writeAudit: (line) => audit.push(JSON.parse(line)),
    writeLog: (line) => log.push(JSON.parse(line)),
  });
  await broker.keeper.sweep();
  const server: BrokerServer = {
    ...{ url, broker, audit, log, methods, interceptor: undefined },
    runTimers() {
      running = broker.run(stopping.signal);
    },
    async close() {
      stopping.abort();
      await running;
      await front.close(0);
      rmSync(folder, { recursive: true, force: true });
    },
  };

  async function serve(request: Request): Promise<Response> {
    methods.push(request.method);
    const forward = async () => broker.app.fetch(request);
    return server.interceptor ? server.interceptor(request, forward) : forward();
  }
  return server;
}

function environment(folder: string, { neon, oidc }: BrokerServerOptions): Record<string, string> {
  return {
    BROKER_POLICY_FILE: join(folder, 'policy.yml'),
    NEON_API_KEY_FILE: join(folder, 'key'),
    NEON_API_HOST: neon.apiHost,
    OIDC_ISSUER: oidc.issuer,
    GITHUB_SERVER_URL: workflowRun.GITHUB_SERVER_URL,
    BROKER_SWEEP_SECONDS: '1',
  };
}

function policyText(audience: string, options: BrokerServerOptions): string {
  const { neon, lifetime = '1h', repositoryIds = [] } = options;
  const grants = [allowedClaims.repository_id, ...repositoryIds].map(
    (id) => `
  - name: pushes of ${id}
    repository: ${allowedClaims.repository}
    repository_id: ${id}
    projects: [${neon.projectId}]
    lifetime: ${lifetime}
    when: { event_name: push, ref: refs/heads/main }`,
  );
  return `organization: ${neon.organizationId}
audience: ${audience}
owner_id: ${allowedClaims.repository_owner_id}
grants:${grants.join('')}
`;
}
