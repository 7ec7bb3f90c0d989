import { describe, expect, it } from 'vitest';
import { operationNames } from '../../src/inputs/declarations.ts';
import { consoleFooter } from '../../src/runner/console.ts';

const neon = new URL('https://console.neon.tech/api/v2');
const base = { api_host: neon, org_id: 'org-a-1' };

describe('consoleFooter', () => {
  it.each<[string, object, string]>([
    ['create-key', {}, '[API keys](https://console.neon.tech/app/org-a-1/settings#api-keys)'],
    ['sweep-keys', {}, '[API keys](https://console.neon.tech/app/org-a-1/settings#api-keys)'],
    [
      'create-key',
      { project_id: 'shop-1' },
      '[API keys](https://console.neon.tech/app/org-a-1/settings#api-keys), [project](https://console.neon.tech/app/projects/shop-1)',
    ],
    ['rotate-key', { scope: 'account' }, '[your API keys](https://console.neon.tech/app/settings#api-keys)'],
    ['sync-members', {}, '[organization](https://console.neon.tech/app/org-a-1/projects)'],
    ['get-organization', {}, '[organization](https://console.neon.tech/app/org-a-1/projects)'],
  ])('links %s with %j to its pages', (operation, more, links) => {
    expect(consoleFooter({ operation, ...base, ...more })).toBe(`\nIn the Neon Console: ${links}\n`);
  });

  it.each(operationNames)("links %s to nothing for an `api_host` that is not Neon's", (operation) => {
    for (const host of ['http://127.0.0.1:8080', 'https://console.neon.tech.example.com', 'https://neon.example.com'])
      expect(consoleFooter({ operation, ...base, api_host: new URL(host) })).toBe('');
  });
});
