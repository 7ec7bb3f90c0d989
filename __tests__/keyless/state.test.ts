import { describe, expect, it } from 'vitest';
import { readKeylessState, writeKeylessState } from '../../src/keyless/state.ts';

describe('the keyless state of a step', () => {
  const state = {
    brokerUrl: 'https://broker.example.com/',
    timeoutMs: 30_000,
    nonces: [{ nonce: 'nonce00001', requestedAt: 1 }],
  };

  it('can be read back, and is empty without open nonces', () => {
    expect(readKeylessState(writeKeylessState(state))).toEqual(state);
    expect(writeKeylessState({ ...state, nonces: [] })).toBe('');
  });

  it.each([
    'null',
    '{}',
    JSON.stringify({ ...state, nonces: [] }),
    JSON.stringify({ ...state, nonces: [{ nonce: '../../admin', requestedAt: 1 }] }),
    JSON.stringify({ ...state, nonces: [{ nonce: 'nonce00001' }] }),
    JSON.stringify({ ...state, nonces: [{ nonce: 'nonce00001', requestedAt: 1, id: 5 }] }),
  ])('is rejected if it is %s', (text) => {
    expect(() => readKeylessState(text)).toThrow('The state that the main step saved is invalid.');
  });

  it('is rejected if it is not JSON', () => {
    expect(() => readKeylessState('')).toThrow(SyntaxError);
  });

  it('is rejected with a URL that would receive an ID token in clear text', () => {
    const text = JSON.stringify({ ...state, brokerUrl: 'http://evil.example.com' });
    expect(() => readKeylessState(text)).toThrow('must use https');
  });
});
