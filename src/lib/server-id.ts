import { createHash } from 'node:crypto';

/**
 * Three letters and digits for a GitHub server other than github.com, which has its own repository IDs and run IDs.
 * @param url a URL on the server; only its host counts
 * @returns undefined for github.com
 */
export function serverId(url: string): string | undefined {
  const host = url
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
    .toLowerCase();
  if (host === 'github.com') return undefined;
  const number = createHash('sha256').update(host).digest().readUInt32BE();
  return (number % 36 ** 3).toString(36).padStart(3, '0');
}
