import { describe, expect, it } from 'vitest';
import { BrokerError } from '../../src/keyless/errors.ts';
import { keylessSummary, nonceSentence } from '../../src/keyless/render.ts';

const minted = { nonce: 'nonce00001', requestedAt: 1, id: '7', name: 'shop tests' };
const withoutKey = { nonce: 'nonce00002', requestedAt: 1 };
const error = new BrokerError({
  request: 'DELETE https://broker.example.com/v1/keys/nonce00001',
  detail: 'No response.',
  requestId: 'request-1',
  keyMayExist: true,
});

describe('the post step of a keyless job', () => {
  it.each([
    [
      'a revoked key',
      { nonce: minted, how: 'gone', revoked: ['7'] },
      '### 🔒 Neon key revoked after the job',
      '| `shop tests` | `7` | ✅ revoked |',
      'The broker revoked key 7.',
    ],
    [
      'a nonce without a key',
      { nonce: withoutKey, how: 'gone', revoked: [] },
      '### 🔒 No Neon key to revoke after the job',
      '| nonce nonce00002 | – | ☑️ no active key |',
      'No key with the nonce nonce00002 is active.',
    ],
    [
      'a key that may be active',
      { nonce: minted, how: 'failed', error },
      '### ❌ 1 Neon key may still be active',
      '| `shop tests` | `7` | ❌ **may still be active**, expires within 6 hours |',
      'Key 7 "shop tests" may still be active.',
    ],
  ] as const)('reports %s', (_what, outcome, title, row, line) => {
    const reported = outcome.how === 'gone' ? { ...outcome, revoked: [...outcome.revoked] } : outcome;
    const summary = keylessSummary([reported]);
    expect(summary.split('\n')[0]).toBe(title);
    expect(summary).toContain(row);
    expect(nonceSentence(reported)).toBe(line);
  });
});
