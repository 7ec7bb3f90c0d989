import { z } from 'zod';
import { Problem } from './problem.ts';

const nonce = z.string().regex(/^[a-z0-9]{10,16}$/, 'must be 10 to 16 characters of a-z and 0-9');

const keyRequestBody = z.strictObject({
  project_id: z.string().regex(/^[a-z0-9-]{1,60}$/, 'must be 1 to 60 characters of a-z, 0-9 and -'),
  nonce,
  label: z
    .string()
    .regex(/^[A-Za-z0-9 ._/-]{0,24}$/, 'must be at most 24 characters of A-Z, a-z, 0-9, space and ._/-')
    .default(''),
});

/** @throws Problem that names every invalid field */
export function readKeyRequest(text: string): z.output<typeof keyRequestBody> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Problem('invalid-request', 'The body is not valid JSON.');
  }
  const result = keyRequestBody.safeParse(body);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => [...path, message].join(' '));
  throw new Problem('invalid-request', `The body is invalid: ${issues.join('; ')}.`);
}

/** @throws Problem */
export function readNonce(text: string): string {
  if (nonce.safeParse(text).success) return text;
  throw new Problem('invalid-request', 'The nonce must be 10 to 16 characters of a-z and 0-9.', { keyMayExist: true });
}

const maxBodyBytes = 8 * 1024;

/** Reads a body of at most 8 KB. @throws Problem */
export async function readBody(request: Request): Promise<string> {
  const tooLarge = () => new Problem('invalid-request', 'The body is larger than 8 KB.');
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
