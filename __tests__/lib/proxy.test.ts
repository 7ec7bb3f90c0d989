import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/lib/proxy.ts';

describe('proxyFor', () => {
  const secure = 'https://console.neon.tech/api/v2';
  const clear = 'http://neon.example/api/v2';

  it.each<[string, string, NodeJS.ProcessEnv, string | undefined]>([
    ['none without variables', secure, {}, undefined],
    ['https_proxy', secure, { https_proxy: 'http://a' }, 'http://a'],
    ['HTTPS_PROXY', secure, { HTTPS_PROXY: 'http://b' }, 'http://b'],
    ['lower case first', secure, { https_proxy: 'http://a', HTTPS_PROXY: 'http://b' }, 'http://a'],
    ['upper case where lower case is empty', secure, { https_proxy: '', HTTPS_PROXY: 'http://b' }, 'http://b'],
    ['http_proxy is not for https', secure, { http_proxy: 'http://a', HTTP_PROXY: 'http://b' }, undefined],
    ['https_proxy is not for http', clear, { https_proxy: 'http://a' }, undefined],
    ['http_proxy', clear, { http_proxy: 'http://a' }, 'http://a'],
    ['all_proxy is ignored, as by the runner', secure, { all_proxy: 'http://a' }, undefined],
    ['never for 127.0.0.1', 'http://127.0.0.1:3000', { http_proxy: 'http://a' }, undefined],
    ['never for [::1]', 'http://[::1]:3000', { http_proxy: 'http://a' }, undefined],
    ['never for localhost, not even with https', 'https://localhost', { https_proxy: 'http://a' }, undefined],
    ['an address without its scheme', secure, { https_proxy: 'proxy.example:3128' }, 'http://proxy.example:3128'],
    ['with user and password', secure, { https_proxy: 'http://me:w%40rd@a' }, 'http://me:w%40rd@a'],
  ])('chooses the proxy: %s', (_what, host, env, proxy) => {
    expect(proxyFor(new URL(host), env)?.href).toBe(proxy && `${proxy}/`);
  });

  it.each([
    'socks5://a:1080',
    'http://:3128',
    'two words',
    'http://me:secret-100%@a',
    'http://a/path',
    'file:///secret',
  ])('is not read from %s, which is not shown because it may contain a password', (value) => {
    const choose = () => proxyFor(new URL(secure), { HTTPS_PROXY: value });
    expect(choose).toThrow(/^The variable `https_proxy` of the runner must be the URL of a proxy, such as [^ ]+$/);
    expect(choose).not.toThrow(value);
  });
});

describe('no_proxy', () => {
  it.each<[string, string, boolean]>([
    ['https://console.neon.tech', 'console.neon.tech', true],
    ['https://console.neon.tech', 'CONSOLE.NEON.TECH', true],
    ['https://console.neon.tech', 'neon.tech', true],
    ['https://console.neon.tech', '.neon.tech', true],
    ['https://console.neon.tech', ' example.com , neon.tech', true],
    ['https://console.neon.tech', 'console.neon.tech:443', true],
    ['https://console.neon.tech:8443', 'console.neon.tech:8443', true],
    ['https://console.neon.tech:8443', 'console.neon.tech', true],
    ['https://console.neon.tech', '*', true],
    ['https://console.neon.tech', 'console.neon.tech:8443', false],
    ['https://console.neon.tech', 'eon.tech', false],
    ['https://console.neon.tech', 'example.com,1.2.3.4', false],
    ['https://console.neon.tech', ',', false],
    ['https://console.neon.tech', '*.neon.tech', false],
  ])('matches %s against %s: %s', (host, noProxy, isExcepted) => {
    const env = { https_proxy: 'http://a', no_proxy: noProxy };
    expect(proxyFor(new URL(host), env) === undefined).toBe(isExcepted);
  });

  it('is read from NO_PROXY if no_proxy is not set', () => {
    const host = new URL('https://console.neon.tech');
    expect(proxyFor(host, { https_proxy: 'http://a', NO_PROXY: 'neon.tech' })).toBeUndefined();
    expect(proxyFor(host, { https_proxy: 'http://a', no_proxy: 'a', NO_PROXY: 'neon.tech' })?.href).toBe('http://a/');
  });
});
