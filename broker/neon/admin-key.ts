import { readFile } from 'node:fs/promises';

/**
 * Reads the admin key from its file.
 * @throws Error, which never contains the content of the file
 */
export async function readAdminKeyFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The admin key could not be read from ${path}: ${error.code}. Check NEON_API_KEY_FILE.`);
  });
  const key = text.trim();
  if (/^[\x21-\x7e]{16,500}$/.test(key)) return key;
  throw new Error(`${path} does not contain exactly one Neon API key. Check NEON_API_KEY_FILE.`);
}
