/**
 * Parses the base URL of an API. It must be https or this machine, because a key or a token is sent there.
 * @throws Error whose message ends the sentence "`name` …"
 */
export function parseApiUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new Error('must be a URL that begins with https://');
  if (url.username || url.password || /[?#]/.test(text)) {
    throw new Error('must not contain a user, a password, a query or a fragment');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new Error('must use https, because a secret is sent there (http is allowed only for loopback addresses)');
  }
  return url;
}

/** Whether a URL's host is this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Makes URLs with and without a trailing slash equal. */
export function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
