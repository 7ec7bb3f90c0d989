import { describe, expect, it } from 'vitest';
import { asObject, hasTexts } from '../../src/neon/responses.ts';

describe('asObject', () => {
  it('returns an object as it is', () => {
    const body = { id: 'a' };
    expect(asObject(body)).toBe(body);
  });

  it.each([[[]], [[{ id: 'a' }]], [null], [undefined], ['{}'], [1]])('rejects %j', (body) => {
    expect(asObject(body)).toBeUndefined();
  });
});

describe('hasTexts', () => {
  it('accepts an object with a text under each name', () => {
    expect(hasTexts({ id: 'a', email: 'b', other: 1 }, 'id', 'email')).toBe(true);
  });

  it.each([
    ['a missing text', { id: 'a' }],
    ['an empty text', { id: 'a', email: '' }],
    ['a number', { id: 'a', email: 1 }],
    ['null', { id: 'a', email: null }],
  ])('rejects an object with %s', (_what, body) => {
    expect(hasTexts(body, 'id', 'email')).toBe(false);
  });

  it.each([[null], [['a']], ['a']])('rejects %j, which is not an object', (body) => {
    expect(hasTexts(body, 'length')).toBe(false);
  });
});
