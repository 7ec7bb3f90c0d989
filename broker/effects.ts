import { randomUUID } from 'node:crypto';
import { systemClock as clock } from '../src/lib/clock.ts';
import { connectNeon } from '../src/neon/connect.ts';
import type { BrokerEffects } from './broker.ts';
import type { BrokerConfig } from './config.ts';
import { readAdminKeyFile } from './neon/admin-key.ts';

/** A request that was not answered is not repeated at once: the next pass or the caller does. */
const retry = { attempts: 1, longestWaitMs: 0 };
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
        retry,
        timeoutMs: requestTimeoutMs,
        info: silent,
        debug: silent,
      }),
    writeAudit: (line) => process.stdout.write(`${line}\n`),
    writeLog: (line) => process.stderr.write(`${line}\n`),
  };
}
