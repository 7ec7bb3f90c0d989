import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Server as NetServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';

export interface Proxy {
  /** `http://127.0.0.1:<port>`, for HTTPS_PROXY. */
  readonly url: string;
  /** The certificate of the hosts (PEM), for NODE_EXTRA_CA_CERTS. */
  readonly certificate: string;
  /** `host:port` of each requested tunnel, including refused ones. */
  readonly requested: string[];
  close(): void;
}

/**
 * Starts an HTTP proxy on 127.0.0.1 that serves a few hosts from emulators. Unchanged programs can use the names of the real
 * services, with TLS from end to end.
 * @param hosts by name: the `http://127.0.0.1:<port>` of the emulator. Tunnels to other hosts are refused with 403.
 */
export async function startProxy(hosts: Record<string, string>): Promise<Proxy> {
  const names = Object.keys(hosts);
  const { cert, private: key } = await generate([{ name: 'commonName', value: names[0] ?? '' }], {
    extensions: [{ name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) }],
  });
  const tls = await listening(
    createTlsServer({ cert, key }, (socket) => {
      const target = hosts[socket.servername || ''];
      if (target === undefined) return socket.destroy();
      const { port, hostname } = new URL(target);
      return pipeBothWays(socket, connect(Number(port), hostname));
    }),
  );
  const requested: string[] = [];
  const tunnels = createServer((_request, response) => response.writeHead(405).end());
  tunnels.on('connect', ({ url = '' }, socket: Socket) => {
    requested.push(url);
    if (!names.some((name) => url === `${name}:443`)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const target = connect(portOf(tls), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      pipeBothWays(socket, target);
    });
  });
  const server: Server = await listening(tunnels);
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    certificate: cert,
    requested,
    close() {
      tls.close();
      server.close();
    },
  };
}

function pipeBothWays(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
  }
}

async function listening<S extends NetServer>(server: S): Promise<S> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: NetServer): number {
  return (server.address() as AddressInfo).port;
}
