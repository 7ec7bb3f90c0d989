import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonInteger, parseJson } from '../../src/neon/json.ts';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const isSafe = (integer: bigint) => Number.isSafeInteger(Number(integer));

describe('numbers in JSON', () => {
  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['9223372036854775807', '9223372036854775807'],
    ['1e21', 1e21],
    ['9007199254740993.5', 9007199254740994],
    ['"9007199254740993"', '9007199254740993'],
    ['-1', -1],
    ['0.1', 0.1],
  ])('%s comes out as %j', (text, value) => {
    expect(parseJson(text)).toBe(value);
  });

  it('int64s are exact, wherever they stand', () => {
    fc.assert(
      fc.property(int64, (integer) => {
        const value = isSafe(integer) ? Number(integer) : String(integer);
        expect(parseJson(`{"a":[{"id":${integer}}],"id":${integer}}`)).toEqual({ a: [{ id: value }], id: value });
      }),
    );
  });

  it('int64s go out as they came in', () => {
    fc.assert(
      fc.property(int64, (integer) => {
        expect(JSON.stringify({ id: jsonInteger(String(integer)) })).toBe(`{"id":${integer}}`);
      }),
    );
  });

  it('all else is as JSON.parse has it', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.maxSafeInteger(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number)),
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toJSON')), tie('value')),
      ),
    }));
    fc.assert(
      fc.property(value, (json) => {
        const text = JSON.stringify(json);
        expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it.each(['', '{', "{'a':1}", '01', 'undefined', '<html>'])('%j is none', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});

describe('a key called __proto__', () => {
  it('is a member like others and changes no prototype', () => {
    const parsed = parseJson('{"__proto__":{"admin":true,"id":9007199254740993}}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(parsed['admin']).toBeUndefined();
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect(Object.keys(parsed)).toEqual(['__proto__']);
  });
});
