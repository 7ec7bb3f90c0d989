import { describe, expect, it } from 'vitest';
import { createSigningKeys } from '../../../broker/token/signing-keys.ts';
import { fakeClock } from '../../fake-clock.ts';
import { issuerUrl, startTestIssuer } from '../issuer.ts';

const discoveryUrl = `${issuerUrl}/.well-known/openid-configuration`;
const keySetUrl = `${issuerUrl}/.well-known/jwks`;
const minute = 60_000;

async function world() {
  const clock = fakeClock(1_000_000_000_000);
  const issuer = await startTestIssuer(clock);
  const logged: unknown[] = [];
  const log = (...event: unknown[]) => void logged.push(event);
  return { clock, issuer, logged, keys: createSigningKeys({ issuer: issuerUrl, fetch: issuer.fetch, clock, log }) };
}

/** Publishes more keys beside those of the issuer. */
async function publishMore(issuer: Awaited<ReturnType<typeof startTestIssuer>>, more: object[]) {
  const response = issuer.responses.get(keySetUrl) as () => Response;
  const { keys } = (await response().json()) as { keys: object[] };
  issuer.responses.set(keySetUrl, () => Response.json({ keys: [...more, ...keys] }));
}

describe('createSigningKeys', () => {
  it('finds a known key without another request', async () => {
    const { issuer, keys } = await world();
    await keys.refresh();
    expect(await keys.find('key-0')).toBeTypeOf('object');
    expect(issuer.requests).toEqual([discoveryUrl, keySetUrl]);
  });

  it('fetches the keys once for many callers with an unknown kid, and then not again for 30 s', async () => {
    const { clock, issuer, keys } = await world();
    await keys.refresh();
    clock.advance(30_000);
    await Promise.all(Array.from({ length: 500 }, (_, index) => keys.find(`unknown-${index}`)));
    expect(issuer.requests).toHaveLength(4);
    clock.advance(29_999);
    expect(await keys.find('unknown')).toBe('unknown-kid');
    expect(issuer.requests).toHaveLength(4);
    clock.advance(1);
    await keys.find('unknown');
    expect(issuer.requests).toHaveLength(6);
  });

  it('also waits 30 s after a failed fetch', async () => {
    const { clock, issuer, keys } = await world();
    await keys.refresh();
    issuer.responses.delete(discoveryUrl);
    clock.advance(30_000);
    for (let index = 0; index < 10; index += 1) expect(await keys.find('unknown')).toBe('unknown-kid');
    expect(issuer.requests).toHaveLength(3);
  });

  it('finds a new key of the issuer, and drops one that the issuer no longer publishes', async () => {
    const { clock, issuer, keys } = await world();
    await keys.refresh();
    await issuer.rotate(true);
    clock.advance(30_000);
    expect(await keys.find('key-1')).toBeTypeOf('object');
    expect(await keys.find('key-0')).toBe('unknown-kid');
  });

  it('keeps known keys for one hour while the issuer cannot be reached', async () => {
    const { clock, issuer, keys } = await world();
    await keys.refresh();
    issuer.responses.clear();
    clock.advance(60 * minute);
    await expect(keys.refresh()).rejects.toThrow('fetch failed');
    expect(await keys.find('key-0')).toBeTypeOf('object');
    clock.advance(1);
    expect(await keys.find('key-0')).toBe('keys-unavailable');
    expect(keys.ageMs()).toBe(60 * minute + 1);
  });

  it.each([
    [
      'names another issuer',
      'names another issuer',
      discoveryUrl,
      () => Response.json({ issuer: 'https://evil.example.com', jwks_uri: keySetUrl }),
    ],
    [
      'has a jwks_uri on another origin',
      'is not on the origin',
      discoveryUrl,
      () => Response.json({ issuer: issuerUrl, jwks_uri: 'https://evil.example.com/jwks' }),
    ],
    [
      'has a jwks_uri on another port',
      'is not on the origin',
      discoveryUrl,
      () => Response.json({ issuer: issuerUrl, jwks_uri: `${issuerUrl}:8443/jwks` }),
    ],
    ['has no jwks_uri', 'is not on the origin', discoveryUrl, () => Response.json({ issuer: issuerUrl })],
    [
      'redirects',
      'status 302',
      discoveryUrl,
      () => new Response(null, { status: 302, headers: { location: keySetUrl } }),
    ],
    [
      'is larger than 100 KB',
      'more than 100 KB',
      keySetUrl,
      () => new Response(JSON.stringify({ keys: [], pad: 'x'.repeat(103_000) })),
    ],
    ['is not JSON', 'not valid JSON', keySetUrl, () => new Response('<html>')],
    ['is null', 'JSON object', keySetUrl, () => new Response('null')],
    ['has no keys', 'no RS256 key', keySetUrl, () => Response.json({ keys: [] })],
    [
      'has keys of other kinds only',
      'no RS256 key',
      keySetUrl,
      () => Response.json({ keys: [{ kty: 'oct', kid: 'key-0', k: 'AAAA' }, null] }),
    ],
    ['has the status 500', 'status 500', keySetUrl, () => new Response('', { status: 500 })],
  ])('rejects a document that %s, and keeps the known keys', async (_what, message, url, response) => {
    const { issuer, keys } = await world();
    await keys.refresh();
    issuer.responses.set(url, response);
    await expect(keys.refresh()).rejects.toThrow(message);
    expect(await keys.find('key-0')).toBeTypeOf('object');
    expect(issuer.requests.filter((one) => one !== discoveryUrl && one !== keySetUrl)).toEqual([]);
  });

  it.each<[string, object]>([
    ['has no n', { e: 'AQAB' }],
    ['has no e', { n: 'AQAB' }],
    ['has an n that is not a string', { n: 5, e: 'AQAB' }],
    ['has an empty n', { n: '', e: 'AQAB' }],
    ['has 1024 bits', { n: `_${'A'.repeat(170)}`, e: 'AQAB' }],
  ])('skips and logs a key that %s, and keeps the others', async (_what, members) => {
    const { issuer, keys, logged } = await world();
    await publishMore(issuer, [{ kty: 'RSA', kid: 'bad', use: 'sig', alg: 'RS256', ...members }]);
    await keys.refresh();
    expect(await keys.find('key-0')).toBeTypeOf('object');
    expect(await keys.find('bad')).toBe('unknown-kid');
    expect(logged).toEqual([['warning', 'signing-key-unusable', { kid: 'bad', error: expect.any(String) }]]);
  });

  it('skips an unusable key with the same kid as a usable one', async () => {
    const { issuer, keys } = await world();
    await publishMore(issuer, [{ kty: 'RSA', kid: 'key-0', e: 'AQAB' }]);
    await keys.refresh();
    expect(await keys.find('key-0')).toBeTypeOf('object');
  });

  it('rejects a key set without any usable key, and keeps the known keys', async () => {
    const { issuer, keys } = await world();
    await keys.refresh();
    issuer.responses.set(keySetUrl, () => Response.json({ keys: [{ kty: 'RSA', kid: 'key-0' }] }));
    await expect(keys.refresh()).rejects.toThrow('no RS256 key');
    expect(await keys.find('key-0')).toBeTypeOf('object');
  });

  it('rejects two keys with the same kid', async () => {
    const { issuer, keys } = await world();
    const response = issuer.responses.get(keySetUrl) as () => Response;
    const { keys: published } = (await response().json()) as { keys: object[] };
    issuer.responses.set(keySetUrl, () => Response.json({ keys: [...published, ...published] }));
    await expect(keys.refresh()).rejects.toThrow('two keys with the same kid');
  });

  it('stops reading a document after 100 KB', async () => {
    const { issuer, keys } = await world();
    let sent = 0;
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            sent += 10_000;
            controller.enqueue(new Uint8Array(10_000));
          },
        }),
      );
    issuer.responses.set(keySetUrl, endless);
    await expect(keys.refresh()).rejects.toThrow('more than 100 KB');
    expect(sent).toBeLessThan(200_000);
  });
});
