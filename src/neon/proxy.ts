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
