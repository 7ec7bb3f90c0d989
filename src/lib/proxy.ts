import { isLoopback } from './api-url.ts';

/**
 * The proxy that the runner's rules name for a host: lower case wins, `http_proxy` is not used for https.
 * A loopback address is never asked of a proxy: the proxy would look for it on itself, and see the key in clear text.
 * @throws Error when the variable holds something else than a proxy's address
 */
export function proxyFor(host: URL, env: NodeJS.ProcessEnv): string | undefined {
  if (isLoopback(host)) return undefined;
  const name = host.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const value = env[name] || env[name.toUpperCase()];
  if (!value) return undefined;
  const proxy = value.includes('://') ? value : `http://${value}`;
  if (/^https?:/i.test(proxy) && isUsable(proxy)) return proxy;
  throw new Error(`\`${name}\` of the runner is not the address of a proxy such as http://proxy.example.com:3128.`);
}

/** Undici decodes user and password, and takes no path. */
function isUsable(proxy: string): boolean {
  try {
    const { username, password, pathname } = new URL(proxy);
    decodeURIComponent(username + password);
    return pathname === '/';
  } catch {
    return false;
  }
}

/** The hosts that are asked without the proxy, by commas. */
export function noProxy(env: NodeJS.ProcessEnv): string {
  return env['no_proxy'] || env['NO_PROXY'] || '';
}
