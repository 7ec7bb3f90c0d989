// A module of its own, loaded only where there is a proxy.
import type { Dispatcher as DispatcherType } from 'undici';
import connect from 'undici/lib/api/api-connect.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';

// Undici's index gives dispatchers their methods; this is the one with which a proxy agent opens a tunnel.
Object.assign(Dispatcher.prototype, { connect });

/**
 * Opens requests through a proxy, but for the hosts of `noProxy`.
 * @param proxy the proxy's address, maybe with user and password
 * @param noProxy host names by commas
 */
export function openProxy(proxy: string, noProxy: string, options: object): DispatcherType {
  return new EnvHttpProxyAgent({ ...options, httpProxy: proxy, httpsProxy: proxy, noProxy });
}

/** Node's own `fetch` does not take the agents of this undici; undici's `fetch` does. */
export function proxiedFetch(proxy: string, noProxy: string): typeof fetch {
  const dispatcher = openProxy(proxy, noProxy, { allowH2: false });
  const send = async (url: string, init: object) =>
    (await import('undici/lib/web/fetch/index.js')).fetch(url, { ...init, dispatcher });
  return send as unknown as typeof fetch;
}
