import { isLoopback } from './api-url.ts';

/**
 * The proxy that the runner's variables name for a host. Lower-case variables take precedence; `http_proxy` is not used for https.
 * A proxy is never used for loopback addresses: it would resolve them to itself, and would see the key in clear text.
 * @returns its URL; undefined without a proxy
 * @throws Error if the variable is not the address of a proxy
 */
export function proxyFor(host: URL, env: NodeJS.ProcessEnv): URL | undefined {
  if (isLoopback(host)) return undefined;
  const name = proxyVariable(host);
  const value = env[name] || env[name.toUpperCase()];
  if (!value || isExcepted(host, env['no_proxy'] || env['NO_PROXY'] || '')) return undefined;
  const proxy = parseProxy(value.includes('://') ? value : `http://${value}`);
  if (proxy) return proxy;
  throw new Error(
    `The variable \`${name}\` of the runner must be the URL of a proxy, such as http://proxy.example.com:3128.`,
  );
}

/** The environment variable that names the proxy for a host. */
export function proxyVariable({ protocol }: URL): 'https_proxy' | 'http_proxy' {
  return protocol === 'https:' ? 'https_proxy' : 'http_proxy';
}

/** Node decodes user and password, and ignores a path. */
function parseProxy(text: string): URL | undefined {
  try {
    const proxy = new URL(text);
    decodeURIComponent(proxy.username + proxy.password);
    return /^https?:$/.test(proxy.protocol) && proxy.pathname === '/' ? proxy : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether `no_proxy` names the host, by the rule of the actions toolkit: host names with or without a port, separated by
 * commas. A name includes its subdomains, and `*` is every host.
 */
function isExcepted({ hostname, host, port, protocol }: URL, noProxy: string): boolean {
  const withPort = port ? host : `${host}:${protocol === 'https:' ? 443 : 80}`;
  const names = noProxy.toLowerCase().split(',');
  return names
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .some((name) => {
      const suffix = name.startsWith('.') ? name : `.${name}`;
      return name === '*' || [hostname, withPort].some((candidate) => `.${candidate}`.endsWith(suffix));
    });
}
