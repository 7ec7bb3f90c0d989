import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

/** A listening port. */
export interface Listener {
  /** `http://host:port` */
  url: string;
  /** Stops listening, and waits for the requests in progress for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** A request must arrive within 15 s, its headers within 10 s, so that no client can keep many connections open. */
const timeLimits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1000,
  // Longer than proxies keep an idle connection, so that they close it first.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
};
const maxConnections = 1000;
/** Longer than any response takes. */
const idleSocketMs = 90_000;

/** Serves an app on a port; with port 0, on any free port. */
export async function listen(
  app: { fetch: (request: Request) => Response | Promise<Response> },
  host: string,
  port: number,
  limits: Partial<typeof timeLimits> = {},
): Promise<Listener> {
  const fetch = (request: Request) => app.fetch(request);
  const server = createAdaptorServer({ fetch, serverOptions: { ...timeLimits, ...limits } }) as Server;
  server.maxConnections = maxConnections;
  server.setTimeout(idleSocketMs);
  server.listen(port, host);
  await once(server, 'listening');
  const { port: actualPort, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${host}]` : host}:${actualPort}`,
    async close(graceMs) {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
