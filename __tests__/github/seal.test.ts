import fc from 'fast-check';
import sodium from 'libsodium-wrappers';
import { beforeAll, describe, expect, it } from 'vitest';
import { sealer } from '../../src/github/seal.ts';

beforeAll(() => sodium.ready);

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

describe('sealer', () => {
  it('creates boxes that libsodium opens, for any text and any key', () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(seed, text, (bytes, value) => {
        const { publicKey, privateKey } = sodium.crypto_box_seed_keypair(bytes);
        const box = Buffer.from(sealer(toBase64(publicKey))(value), 'base64');
        const opened = sodium.crypto_box_seal_open(box, publicKey, privateKey);
        expect(Buffer.from(opened)).toEqual(Buffer.from(value));
      }),
      { numRuns: 500 },
    );
  });

  it('creates a different box each time, with the length of libsodium’s', () => {
    const { publicKey } = sodium.crypto_box_keypair();
    const seal = sealer(toBase64(publicKey));
    const boxes = [seal('value'), seal('value')].map((box) => Buffer.from(box, 'base64'));
    expect(boxes[0]).not.toEqual(boxes[1]);
    expect(boxes[0]).toHaveLength(sodium.crypto_box_seal('value', publicKey).length);
  });

  it('creates a box that no other key opens', () => {
    const [one, other] = [sodium.crypto_box_keypair(), sodium.crypto_box_keypair()];
    const box = Buffer.from(sealer(toBase64(one.publicKey))('value'), 'base64');
    expect(() => sodium.crypto_box_seal_open(box, other.publicKey, other.privateKey)).toThrow('incorrect key pair');
  });

  it.each([
    ['nothing', ''],
    ['half a key', toBase64(new Uint8Array(16).fill(7))],
    ['one byte too many', toBase64(new Uint8Array(33).fill(7))],
    ['words', 'not a key'],
  ])('rejects a public key that is %s', (_what, key) => {
    expect(() => sealer(key)).toThrow('The public key from GitHub is not 32 bytes long. Run this job again.');
  });

  it('rejects a public key that would give every box the same key', () => {
    expect(() => sealer(toBase64(new Uint8Array(32)))('value')).toThrow('failed during derivation');
  });
});
