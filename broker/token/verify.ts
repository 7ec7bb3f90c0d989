import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { SigningKeys } from './signing-keys.ts';

/** Why a token is not accepted. It is the `reason` in the response, and a label of the metric. */
export type TokenProblem =
  | 'missing'
  | 'malformed'
  | 'algorithm'
  | 'no-kid'
  | 'unknown-kid'
  | 'keys-unavailable'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not-yet-valid'
  | 'too-old'
  | 'claims'
  | 'replayed';

/** A request without an acceptable ID token. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly problem: TokenProblem;
  constructor(problem: TokenProblem, message: string = descriptions[problem]) {
    super(message);
    this.problem = problem;
  }
}

const descriptions: Record<TokenProblem, string> = {
  missing: 'The request has no ID token. Send it in the header `Authorization: Bearer`.',
  malformed: 'The ID token is not a signed JWT.',
  algorithm: 'The ID token is not signed with RS256.',
  'no-kid': 'The header of the ID token has no kid.',
  'unknown-kid': 'The ID token is signed with a key that its issuer does not publish.',
  'keys-unavailable': 'The signing keys of the issuer could not be fetched.',
  signature: 'The signature of the ID token is invalid.',
  issuer: 'The ID token is from another issuer.',
  audience: 'The `aud` of the ID token must be one string, equal to the `audience` of the policy.',
  expired: 'The ID token has expired.',
  'not-yet-valid': 'The ID token is not valid yet. Check the clocks of the issuer and the broker.',
  'too-old': 'The ID token was issued more than 5 minutes ago.',
  claims: 'The ID token lacks a required claim.',
  replayed: 'The ID token was used before. Request a new one for each request.',
};

/** The claims that every accepted token has. */
export type TimedPayload = JWTPayload & { iat: number; jti: string };

export interface VerifyOptions {
  keys: Pick<SigningKeys, 'find'>;
  issuer: string;
  audience: string;
  /** Milliseconds since the epoch. */
  nowMs: number;
}

const leewaySeconds = 30;
/** A token that was issued earlier is refused, regardless of its `exp`. */
export const maxTokenAgeSeconds = 5 * 60;
const maxTokenLength = 8 * 1024;

/**
 * Verifies an ID token of GitHub Actions: RS256 with a known key, the issuer, exactly one audience, and an age of at most
 * 5 minutes. `exp`, `nbf`, `iat` and `jti` are required.
 * @throws TokenError
 */
export async function verifyIdToken(token: string, options: VerifyOptions): Promise<TimedPayload> {
  const { keys, issuer, audience, nowMs } = options;
  const key = await keys.find(readKid(token));
  if (typeof key === 'string') throw new TokenError(key);
  const checks = {
    issuer,
    audience,
    algorithms: ['RS256'],
    requiredClaims: ['exp', 'nbf', 'iat', 'jti', 'aud', 'iss'],
    clockTolerance: leewaySeconds,
    maxTokenAge: maxTokenAgeSeconds,
    currentDate: new Date(nowMs),
  };
  const { payload } = await jwtVerify(token, key, checks).catch((error) => {
    throw toTokenError(error);
  });
  // jose accepts a list that contains the audience, and adds the leeway to the age.
  if (payload.aud !== audience) throw new TokenError('audience');
  if (typeof payload.jti !== 'string' || payload.jti.length === 0 || payload.jti.length > 255) {
    throw new TokenError('claims', 'The jti of the ID token must be 1 to 255 characters.');
  }
  if (Math.floor(nowMs / 1000) - (payload.iat as number) > maxTokenAgeSeconds) throw new TokenError('too-old');
  return payload as TimedPayload;
}

/** Reads the ID of the key from a token that is not verified yet. */
function readKid(token: string): string {
  if (token.length > maxTokenLength) throw new TokenError('malformed');
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    throw new TokenError('malformed');
  }
  if (header.alg !== 'RS256') throw new TokenError('algorithm');
  if (typeof header.kid !== 'string' || header.kid === '') throw new TokenError('no-kid');
  return header.kid;
}

const problemByClaim: Record<string, TokenProblem> = { iss: 'issuer', aud: 'audience', nbf: 'not-yet-valid' };

function toTokenError(error: unknown): TokenError {
  if (error instanceof errors.JWSSignatureVerificationFailed) return new TokenError('signature');
  if (error instanceof errors.JWTExpired) return new TokenError(error.claim === 'iat' ? 'too-old' : 'expired');
  if (!(error instanceof errors.JWTClaimValidationFailed)) return new TokenError('malformed');
  if (error.reason === 'missing' || error.reason === 'invalid') {
    return new TokenError('claims', `The claim ${error.claim} of the ID token is missing or invalid.`);
  }
  return new TokenError(error.claim === 'iat' ? 'not-yet-valid' : (problemByClaim[error.claim] ?? 'claims'));
}
