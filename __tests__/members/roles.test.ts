import { describe, expect, it } from 'vitest';
import { isSameRole, lesserRole, roles } from '../../src/members/roles.ts';

describe('lesserRole', () => {
  it('is commutative, and never higher than either role', () => {
    for (const a of roles)
      for (const b of roles) {
        expect(isSameRole(lesserRole(a, b), lesserRole(b, a))).toBe(true);
        expect(roles.indexOf(lesserRole(a, b))).toBe(Math.max(roles.indexOf(a), roles.indexOf(b)));
      }
  });
});
