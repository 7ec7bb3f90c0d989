/**
 * Reads the base URL of an API. A key or a token is sent there, so it is https, or this machine.
 * @throws Error whose message ends the sentence "`name` …"
 */
export function parseApiUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new Error('must be an address that begins with https://');
  if (url.username || url.password || /[?#]/.test(text)) {
    throw new Error('must have no user, password, query or fragment');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new Error('must be https: a secret is sent there (http is for loopback addresses only)');
  }
  return url;
}

/** Whether a URL's host is this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
