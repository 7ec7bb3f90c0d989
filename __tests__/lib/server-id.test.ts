import { describe, expect, it } from 'vitest';
import { serverId } from '../../src/lib/server-id.ts';

describe('serverId', () => {
  it.each(['https://github.com', 'HTTPS://GitHub.com/octo-org'])('is undefined for github.com: %s', (url) => {
    expect(serverId(url)).toBeUndefined();
  });

  it('depends only on the host', () => {
    expect(serverId('https://GHE.example.com/octo-org/shop')).toBe(serverId('http://ghe.example.com'));
    expect(serverId('https://ghe.example.com')).not.toBe(serverId('https://ghe.example.org'));
  });

  it('has three letters and digits, which never change because names of keys contain them', () => {
    expect(serverId('https://ghe.example.com')).toMatch(/^[0-9a-z]{3}$/);
    expect(serverId('https://ghe.example.com')).toMatchInlineSnapshot(`"ibw"`);
  });
});
