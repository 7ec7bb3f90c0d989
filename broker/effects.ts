import { randomUUID } from 'node:crypto';
import { systemClock as clock } from '../src/lib/clock.ts';
import { connectNeon } from '../src/neon/connect.ts';
import { sendOnce } from '../src/neon/retry.ts';
import type { BrokerEffects } from './broker.ts';
import type { BrokerConfig } from './config.ts';
import { readAdminKeyFile } from './neon/admin-key.ts';

const requestTimeoutMs = 15_000;

/** The real clock, network, files and output. */
export function systemEffects({ adminKeyFile, apiHost }: BrokerConfig, env: NodeJS.ProcessEnv): BrokerEffects {
  const { random } = Math;
  const silent = () => {};
  return {
    clock,
    fetch,
    newRequestId: randomUUID,
    readAdminKey: () => readAdminKeyFile(adminKeyFile),
    connect: (apiKey, orgId) =>
      connectNeon({
        apiHost,
        apiKey,
        orgId,
        clock,
        random,
        env,
        // The next pass or the caller repeats the request.
        retry: sendOnce,
        timeoutMs: requestTimeoutMs,
        info: silent,
        debug: silent,
      }),
    writeAudit: (line) => process.stdout.write(`${line}\n`),
    writeLog: (line) => process.stderr.write(`${line}\n`),
  };
}
