import { parseApiUrl } from '../lib/api-url.ts';

/** A nonce with which a key may have been created. */
export interface OpenNonce {
  nonce: string;
  /** When the request was sent, in milliseconds since the epoch. */
  requestedAt: number;
  /** When the broker returned the key, in milliseconds since the epoch. */
  respondedAt?: number | undefined;
  /** Missing until the broker has returned the key. */
  id?: string | undefined;
  name?: string | undefined;
  /** When the broker revokes the key at the latest (ISO 8601). */
  expiresAt?: string | undefined;
}

/** What the post step needs to have the keys revoked. It contains no secret: a request requires an ID token of this run. */
export interface KeylessState {
  brokerUrl: string;
  /** The time limit of the requests, in milliseconds. */
  timeoutMs: number;
  nonces: OpenNonce[];
}

/** The name under which the runner passes the state to the post step. */
export const keylessStateName = 'keyless';

/** @returns '' if there is nothing for the post step to do */
export function writeKeylessState(state: KeylessState): string {
  return state.nonces.length === 0 ? '' : JSON.stringify(state);
}

/**
 * Reads back what `writeKeylessState` wrote.
 * @throws Error for anything else: no nonce may be lost silently, and no ID token may be sent elsewhere
 */
export function readKeylessState(text: string): KeylessState {
  const { brokerUrl, timeoutMs, nonces } = (JSON.parse(text) ?? {}) as Partial<KeylessState>;
  const isWhole = typeof brokerUrl === 'string' && Number.isFinite(timeoutMs) && Array.isArray(nonces);
  if (!isWhole || nonces.length === 0 || !nonces.every(isOpenNonce)) {
    throw new Error('The state that the main step saved is invalid.');
  }
  parseApiUrl(brokerUrl);
  return { brokerUrl, timeoutMs: timeoutMs as number, nonces };
}

function isOpenNonce(value: unknown): value is OpenNonce {
  const { nonce, requestedAt, respondedAt = 0, ...texts } = (value ?? {}) as Record<string, unknown>;
  const isNonce = typeof nonce === 'string' && /^[a-z0-9]{10,16}$/.test(nonce);
  return (
    isNonce &&
    Number.isFinite(requestedAt) &&
    Number.isFinite(respondedAt) &&
    Object.values(texts).every((text) => typeof text === 'string')
  );
}
