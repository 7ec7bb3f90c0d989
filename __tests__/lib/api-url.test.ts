import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopback, parseApiUrl } from '../../src/lib/api-url.ts';

describe('parseApiUrl', () => {
  it.each([
    'https://console.neon.tech/api/v2',
    'https://console.neon.tech/api/v2/',
    'https://neon.example:8443/base',
    'HTTPS://CONSOLE.NEON.TECH/api/v2',
    'https://localhost:3000',
    'http://localhost:3000/api/v2',
    'http://127.0.0.1:3000',
    'http://127.255.0.9',
    'http://127.1',
    'http://[::1]:3000/api/v2',
  ])('accepts %s', (text) => {
    expect(parseApiUrl(text)).toEqual(new URL(text));
  });

  it.each([
    ['', 'must be a URL'],
    ['console.neon.tech/api/v2', 'must be a URL'],
    ['https://', 'must be a URL'],
    ['/api/v2', 'must be a URL'],
    ['http://127.0.0.1.5', 'must be a URL'],
    ['https://someone@console.neon.tech', 'must not contain a user'],
    ['https://someone:word@console.neon.tech', 'must not contain a user'],
    ['https://console.neon.tech/api?x=1', 'a query or a fragment'],
    ['https://console.neon.tech/api#x', 'a query or a fragment'],
    ['http://console.neon.tech/api/v2', 'must use https'],
    ['http://127.0.0.1.example.com', 'must use https'],
    ['http://localhost.example.com', 'must use https'],
    ['http://notlocalhost', 'must use https'],
    ['http://128.0.0.1', 'must use https'],
    ['http://0.0.0.0', 'must use https'],
    ['http://[::2]', 'must use https'],
    ['ftp://127.0.0.1', 'must use https'],
    ['file:///etc/passwd', 'must use https'],
    ['javascript:alert(1)', 'must use https'],
  ])('rejects %s: %s', (text, shown) => {
    expect(() => parseApiUrl(text)).toThrow(shown);
  });

  it('accepts http: only for this machine', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http'], withFragments: false }), (text) => {
        expect(() => parseApiUrl(text)).toThrow('must use https');
      }),
    );
  });
});

describe('isLoopback', () => {
  it('is true for all of 127.0.0.0/8', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isLoopback(new URL(`http://${address}`))).toBe(new URL(`http://${address}`).hostname.startsWith('127.'));
      }),
    );
    expect(isLoopback(new URL('http://127.9.8.7'))).toBe(true);
  });
});
