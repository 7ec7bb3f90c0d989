import { createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { blake2b } from '@noble/hashes/blake2.js';

/**
 * Creates libsodium's sealed boxes (`crypto_box_seal`), the format in which GitHub's API accepts the values of secrets: X25519
 * with a new key pair for each box, HSalsa20 to derive the key of the box, and XSalsa20-Poly1305 with a nonce derived from
 * both public keys.
 * @param publicKey GitHub's public key, 32 bytes in base64
 * @returns a function from a text to its sealed box in base64
 * @throws Error if `publicKey` is not a key
 */
export function sealer(publicKey: string): (text: string) => string {
  const recipient = Buffer.from(publicKey, 'base64');
  const recipientKey = importKey(recipient);
  return (text) => {
    const sender = generateKeyPairSync('x25519');
    const senderPublic = exportKey(sender.publicKey);
    const shared = diffieHellman({ privateKey: sender.privateKey, publicKey: recipientKey });
    const nonce = blake2b(Buffer.concat([senderPublic, recipient]), { dkLen: 24 });
    const box = xsalsa20poly1305(boxKey(shared), nonce).encrypt(Buffer.from(text));
    return Buffer.concat([senderPublic, box]).toString('base64');
  };
}

/** "expand 32-byte k", the constant of Salsa20 with a key of 32 bytes. */
const sigma = words(Buffer.from('expand 32-byte k'));

function boxKey(shared: Uint8Array): Uint8Array {
  const key = new Uint32Array(8);
  hsalsa(sigma, words(shared), new Uint32Array(4), key);
  return new Uint8Array(key.buffer);
}

/** As little-endian words: every platform that GitHub's runner supports is little-endian. */
function words(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}

function importKey(bytes: Buffer): KeyObject {
  if (bytes.length !== 32) throw new Error('The public key from GitHub is not 32 bytes long. Run this job again.');
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: bytes.toString('base64url') }, format: 'jwk' });
}

function exportKey(key: KeyObject): Buffer {
  return Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url');
}
