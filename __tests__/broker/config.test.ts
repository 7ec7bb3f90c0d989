import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../broker/config.ts';

describe('readConfig', () => {
  it('has a default for every optional variable', () => {
    expect(readConfig({})).toEqual({
      adminKeyFile: '/run/secrets/neon_api_key',
      policyFile: '/etc/neon-broker/policy.yml',
      apiHost: new URL('https://console.neon.tech/api/v2'),
      issuer: 'https://token.actions.githubusercontent.com',
      serverUrl: 'https://github.com',
      host: '0.0.0.0',
      port: 8080,
      monitoringHost: '127.0.0.1',
      monitoringPort: 9090,
      requestsPerMinute: 600,
      sweepIntervalMs: 60_000,
    });
  });

  it.each([
    ['https://token.actions.githubusercontent.com/acme-enterprise', 'https://github.com'],
    ['https://token.actions.acme.ghe.com', 'https://acme.ghe.com'],
    ['https://github.example.com/_services/token', 'https://github.example.com'],
  ])('reads the server of %s as %s', (issuer, serverUrl) => {
    expect(readConfig({ OIDC_ISSUER: issuer })).toMatchObject({ issuer, serverUrl });
  });

  it('names every invalid variable at once', () => {
    const env = {
      OIDC_ISSUER: 'http://evil.example.com',
      NEON_API_HOST: 'http://x',
      BROKER_PORT: '70000',
      BROKER_SWEEP_SECONDS: '61',
    };
    expect(() => readConfig(env)).toThrow(
      /^The broker did not start because of invalid environment variables:\nNEON_API_HOST: .*\nBROKER_PORT: .*\nBROKER_SWEEP_SECONDS: .*\nOIDC_ISSUER: /,
    );
  });
});

describe('the table of environment variables in docs/keyless-operations.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/keyless-operations.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]+)`|[^|]+) \|/gm)].map(([, name = '', value]) => ({
    name,
    value,
  }));

  it('contains every variable that the broker reads', () => {
    const source = readFileSync(join(import.meta.dirname, '../../broker/config.ts'), 'utf8');
    const read = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name = '']) => name);
    expect(rows.map(({ name }) => name).sort()).toEqual(read.sort());
  });

  it.each(rows.filter(({ value }) => value !== undefined))('contains the default of $name', ({ name, value }) => {
    expect(readConfig({ [name]: value })).toEqual(readConfig({}));
  });
});
