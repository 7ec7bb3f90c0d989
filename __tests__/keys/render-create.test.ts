import { describe, expect, it } from 'vitest';
import type { Lifetime } from '../../src/keys/name.ts';
import { createdLine, createdResult } from '../../src/keys/render-create.ts';

const key = { id: '7', name: 'ci', key: 'token-of-a-test', created_at: '2026-11-24T10:00:00Z', created_by: 'ada' };
const place = { name: 'NEON_API_KEY', scope: 'environment', environment: 'staging' } as const;

const lifetimes: [Lifetime, validity: string, title: string][] = [
  [{ kind: 'job' }, 'until the post step revokes it at the end of this job', 'New Neon key for this job'],
  [{ kind: 'manual' }, 'until someone revokes it', 'New Neon key'],
  [
    { kind: 'pull-request', number: 12 },
    'until `sweep-keys` or `revoke-key` runs after pull request 12 is closed',
    'New Neon key for pull request 12',
  ],
  [{ kind: 'duration', seconds: 3600 }, 'until `sweep-keys` runs after 2026-11-24 11:00 UTC', 'New Neon key'],
];

describe('createdLine', () => {
  it.each(lifetimes)('states what ends the lifetime %j', (lifetime, validity) => {
    expect(createdLine({ key, lifetime, projectId: 'cool-river' })).toBe(
      `Created key 7 "ci" for project cool-river. It is valid ${validity}.`,
    );
  });

  it('names the secret', () => {
    expect(createdLine({ key, lifetime: { kind: 'manual' }, place })).toBe(
      'Created key 7 "ci" for the whole organization. It is in the environment secret NEON_API_KEY of staging. It is valid until someone revokes it.',
    );
  });

  it('names no time for a duration that begins at an unreadable time', () => {
    const undated = { ...key, created_at: '' };
    const line = createdLine({ key: undated, lifetime: { kind: 'duration', seconds: 3600 } });
    expect(line).toContain('It is valid until `sweep-keys` runs after its duration has elapsed.');
  });
});

describe('createdResult', () => {
  it.each(lifetimes)('has a title and a validity for the lifetime %j', (lifetime, validity, title) => {
    const { summary } = createdResult({ key, lifetime, projectId: 'cool-river' }, false);
    expect(summary.split('\n')[0]).toBe(`### 🔑 ${title}`);
    expect(summary).toContain(`| **Valid** | ${validity} |`);
  });

  it('shows the secret only if the key was stored in one', () => {
    const lifetime = { kind: 'manual' } as const;
    expect(createdResult({ key, lifetime, place }, false).summary).toContain('| **Stored in** | environment secret');
    expect(createdResult({ key, lifetime }, false).summary).not.toContain('Stored in');
  });

  it('has the token and the facts of the key as outputs', () => {
    const { changed, outputs } = createdResult({ key, lifetime: { kind: 'job' } }, false);
    expect(changed).toBe(true);
    expect(outputs).toEqual({
      ...{ api_key: key.key, key_id: '7', key_name: 'ci' },
      ...{ project_id: '', created_at: key.created_at },
    });
  });

  it('sets a variable only with `export_env`, and never shows the token', () => {
    const created = { key, lifetime: { kind: 'job' } } as const;
    expect(createdResult(created, true).variables).toEqual({ NEON_API_KEY: key.key });
    expect(createdResult(created, false).variables).toBeUndefined();
    expect(createdResult(created, true).summary).not.toContain(key.key);
  });
});
