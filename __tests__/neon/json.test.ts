import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonInteger, parseJson } from '../../src/neon/json.ts';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const isSafe = (integer: bigint) => Number.isSafeInteger(Number(integer));

describe('parseJson', () => {
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
  ])('reads %s as %j', (text, value) => {
    expect(parseJson(text)).toBe(value);
  });

  it('keeps int64 numbers exact in any position', () => {
    fc.assert(
      fc.property(int64, (integer) => {
        const value = isSafe(integer) ? Number(integer) : String(integer);
        expect(parseJson(`{"a":[{"id":${integer}}],"id":${integer}}`)).toEqual({ a: [{ id: value }], id: value });
      }),
    );
  });

  it('writes int64 numbers as they were read', () => {
    fc.assert(
      fc.property(int64, (integer) => {
        expect(JSON.stringify({ id: jsonInteger(String(integer)) })).toBe(`{"id":${integer}}`);
      }),
    );
  });

  it('reads everything else like JSON.parse', () => {
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

  it.each(['', '{', "{'a':1}", '01', 'undefined', '<html>'])('rejects %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});

describe('a JSON key named __proto__', () => {
  it('is an ordinary property and changes no prototype', () => {
    const parsed = parseJson('{"__proto__":{"admin":true,"id":9007199254740993}}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(parsed['admin']).toBeUndefined();
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect(Object.keys(parsed)).toEqual(['__proto__']);
  });
});
