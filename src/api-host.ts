/**
 * Reads the base URL of Neon's API. The key is sent there, so it is https, or this machine.
 * @throws Error whose message ends the sentence "`api_host` …"
 */
export function parseApiHost(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new Error('must be an address such as https://console.neon.tech/api/v2');
  if (url.username || url.password || /[?#]/.test(text)) {
    throw new Error('must have no user, password, query or fragment');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new Error('must be https: the key is sent there (http is for loopback addresses only)');
  }
  return url;
}

/** Whether a URL's host is this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
