import { describe, expect, it } from 'vitest';
import { placeOf, secretLabel } from '../../src/keys/secret-place.ts';

describe('placeOf', () => {
  it('is undefined without `secret_name`, for any scope', () => {
    expect(placeOf({ secret_scope: 'environment', secret_environment: 'staging' })).toBeUndefined();
  });

  it('returns the name, the scope and the environment', () => {
    const inputs = { secret_name: 'NEON', secret_scope: 'environment', secret_environment: 'staging' } as const;
    expect(placeOf(inputs)).toEqual({ name: 'NEON', scope: 'environment', environment: 'staging' });
  });
});

describe('secretLabel', () => {
  it.each([
    ['repository secret NEON', { name: 'NEON', scope: 'repository' }],
    ['organization secret NEON', { name: 'NEON', scope: 'organization' }],
    ['environment secret NEON of staging', { name: 'NEON', scope: 'environment', environment: 'staging' }],
  ] as const)('returns "%s"', (label, place) => {
    expect(secretLabel(place)).toBe(label);
  });
});
