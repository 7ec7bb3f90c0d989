import { once } from 'node:events';
import { createBroker } from '../broker.ts';
import { readConfig } from '../config.ts';
import { systemEffects } from '../effects.ts';
import { createOperatorLog } from '../log.ts';
import { listen } from '../server.ts';
import type { CommandOptions } from './options.ts';

/** Longer than any request takes. Orchestrators should wait this long before they kill the process. */
const graceMs = 45_000;

/** Runs the broker until SIGTERM or SIGINT. Requests in progress are finished first. */
export async function serve(_options: CommandOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const config = readConfig(env);
  const effects = systemEffects(config, env);
  const log = createOperatorLog(effects.writeLog, effects.clock);
  // The broker must not continue without its audit log.
  process.stdout.on('error', () => process.exit(1));
  const broker = await createBroker(config, effects);
  const api = await listen(broker.app, config.host, config.port);
  const monitoring = await listen(broker.monitoring, config.monitoringHost, config.monitoringPort);
  log('info', 'started', { url: api.url, monitoring_url: monitoring.url });
  const stopping = new AbortController();
  const running = broker.run(stopping.signal);
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT'), running]);
  log('info', 'stopping');
  stopping.abort();
  await api.close(graceMs);
  await running;
  await monitoring.close(0);
  return 0;
}
