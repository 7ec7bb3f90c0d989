import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, createBroker } from '../../broker/broker.ts';
import { readConfig } from '../../broker/config.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { FakeNeon } from '../fake-neon.ts';
import { audience, startTestIssuer, type TestIssuer } from './issuer.ts';

/** A policy with one grant: pushes to the main branch of acme/shop mint for one project. */
export const policyText = `organization: org-sunny-meadow-12345678
audience: ${audience}
owner_id: 987654
grants:
  - name: shop main
    repository: acme/shop
    repository_id: 812345678
    projects: [cool-river-87654321]
    lifetime: 1h
    when:
      event_name: push
      ref: refs/heads/main
`;

export const projectId = 'cool-river-87654321';

/** A broker whose environment the test controls. */
export interface BrokerWorld {
  clock: FakeClock;
  neon: FakeNeon;
  issuer: TestIssuer;
  broker: Broker;
  /** The audit log so far, and the log for operators. */
  audit: Record<string, unknown>[];
  log: Record<string, unknown>[];
  policyFile: string;
  /** Sends POST /v1/keys. @param body replaces fields of a valid body */
  post(body?: object | string, authorization?: string | null): Promise<BrokerResponse>;
  delete(nonce: string, authorization?: string | null): Promise<BrokerResponse>;
}

interface BrokerResponse {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export const start = Date.UTC(2026, 10, 20, 12);
export const nonce = 'nonce00001';

export async function inBrokerWorld(
  work: (world: BrokerWorld) => Promise<void>,
  text = policyText,
  env: Record<string, string> = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'neon-broker-test-'));
  const policyFile = join(folder, 'policy.yml');
  writeFileSync(policyFile, text);
  const clock = fakeClock(start);
  const neon = new FakeNeon(clock);
  neon.hasUniqueNames = true;
  const issuer = await startTestIssuer(clock);
  const audit: Record<string, unknown>[] = [];
  const log: Record<string, unknown>[] = [];
  const broker = await startBroker({ policyFile, clock, neon, issuer, audit, log, env });
  const send = async (
    method: string,
    path: string,
    authorization?: string | null,
    body?: string,
  ): Promise<BrokerResponse> => {
    const token = authorization === undefined ? `Bearer ${await issuer.sign()}` : authorization;
    const headers: Record<string, string> = token === null ? {} : { authorization: token };
    const response = await broker.app.request(path, { method, headers, ...(body === undefined ? {} : { body }) });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as BrokerResponse['body'],
    };
  };
  try {
    await broker.keeper.sweep();
    await work({
      ...{ clock, neon, issuer, broker, audit, log, policyFile },
      post: (fields = {}, authorization) => {
        const body = typeof fields === 'string' ? fields : JSON.stringify({ project_id: projectId, nonce, ...fields });
        return send('POST', '/v1/keys', authorization, body);
      },
      delete: (which, authorization) => send('DELETE', `/v1/keys/${which}`, authorization),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface BrokerParts {
  policyFile: string;
  clock: Clock;
  neon: FakeNeon;
  issuer: Pick<TestIssuer, 'fetch'>;
  audit?: Record<string, unknown>[] | undefined;
  log?: Record<string, unknown>[] | undefined;
  env?: Record<string, string> | undefined;
}

/** A broker without a network. */
export function startBroker({
  policyFile,
  clock,
  neon,
  issuer,
  audit = [],
  log = [],
  env,
}: BrokerParts): Promise<Broker> {
  let requestIds = 0;
  return createBroker(readConfig({ BROKER_POLICY_FILE: policyFile, ...env }), {
    clock,
    fetch: issuer.fetch,
    newRequestId() {
      requestIds += 1;
      return `request-${requestIds}`;
    },
    readAdminKey: async () => 'an-admin-key-of-the-test',
    connect: async () => neon,
    writeAudit: (line) => audit.push(JSON.parse(line)),
    writeLog: (line) => log.push(JSON.parse(line)),
  });
}
