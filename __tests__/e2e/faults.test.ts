import { describe, expect, it } from 'vitest';
import type { Fault, FaultRule } from '../../emulator/faults.ts';
import { inWorld } from './world.ts';

type Operation = NonNullable<FaultRule['operation']>;

const faults: [name: string, fault: Fault][] = [
  ['dropped before the request was carried out', { type: 'drop-before' }],
  ['dropped after the request was carried out', { type: 'drop-after' }],
  ['429', { type: 'status', status: 429 }],
  ['429 with Retry-After', { type: 'status', status: 429, headers: { 'retry-after': '1' } }],
  ['423', { type: 'status', status: 423 }],
  ['503', { type: 'status', status: 503 }],
  ['503 after the request was carried out', { type: 'status-after', status: 503 }],
  ['500', { type: 'status', status: 500 }],
  ['500 after the request was carried out', { type: 'status-after', status: 500 }],
  ['502 with a page of HTML', { type: 'status-after', status: 502, body: '<html>::error::no</html>' }],
  ['403 by a gateway that blocks the response', { type: 'status-after', status: 403, body: '<html>blocked</html>' }],
  ['403 by a gateway that speaks JSON', { type: 'status-after', status: 403, body: '{"message":"Forbidden"}' }],
  ['garbled', { type: 'garble' }],
  ['cut', { type: 'cut' }],
  ['slower than the time limit', { type: 'delay', ms: 5000 }],
  ['no response, not carried out', { type: 'hang-before' }],
  ['no response, but carried out', { type: 'hang-after' }],
];

/** The requests of a step with faults. At each of them, another fault can happen. */
const inMain: [place: string, before: FaultRule[], operation: Operation, nth: number][] = [
  ['the first POST', [], 'createOrgApiKey', 1],
  ['the POST after a lost one', [once('createOrgApiKey', 1, 'drop-after')], 'createOrgApiKey', 2],
  ['the look-up after a lost POST', [once('createOrgApiKey', 1, 'drop-after')], 'listOrgApiKeys', 1],
  ['the revocation after a lost POST', [once('createOrgApiKey', 1, 'drop-after')], 'revokeOrgApiKey', 1],
];
/** A 404 for an active key, after which the post step reads the list. */
const mistaken: FaultRule = { operation: 'revokeOrgApiKey', nth: 1, fault: { type: 'status', status: 404 } };
const inPost: [place: string, before: FaultRule[], operation: Operation, nth: number][] = [
  ['the DELETE', [], 'revokeOrgApiKey', 1],
  ['the look-up after a 404', [mistaken], 'listOrgApiKeys', 1],
  ['the second DELETE', [mistaken], 'revokeOrgApiKey', 2],
];

function once(operation: Operation, nth: number, type: 'drop-after' | 'drop-before'): FaultRule {
  return { operation, nth, fault: { type } };
}

describe.concurrent.each(inMain)('create-key with a fault at %s', (_place, before, operation, nth) => {
  it.each(faults)('still mints the key and revokes it after the job: %s', (_name, fault) =>
    inWorld(async ({ neon, job, mint, mintedKeys, expectNoLeak }) => {
      neon.faults = [...before, { operation, nth, fault }];
      const step = job.step(mint);
      const main = await step.main();
      expect(main.log.join('\n')).not.toContain('Error');
      expect(main.exitCode).toBe(0);
      expect(neon.isLive(main.outputs['api_key'] as string)).toBe(true);
      const post = await step.post();
      expect(post.exitCode).toBe(0);
      expect(mintedKeys()).toEqual([]);
      expectNoLeak(main, post);
    }),
  );
});

describe.concurrent.each(inPost)('the post step of create-key with a fault at %s', (_place, before, operation, nth) => {
  it.each(faults)('still revokes the key: %s', (_name, fault) =>
    inWorld(async ({ neon, job, mint, mintedKeys, expectNoLeak }) => {
      const step = job.step(mint);
      const main = await step.main();
      neon.faults = [...before, { operation, nth, fault }];
      const post = await step.post();
      expect(post.exitCode).toBe(0);
      expect(mintedKeys()).toEqual([]);
      expectNoLeak(main, post);
    }),
  );
});

describe.concurrent('create-key while Neon is unavailable', () => {
  it.each(faults.filter(([name]) => name !== '429 with Retry-After'))('fails and leaves no key: %s', (_name, fault) =>
    inWorld(async ({ neon, job, mint, mintedKeys, expectNoLeak }) => {
      neon.faults = [{ operation: 'createOrgApiKey', fault }];
      const step = job.step(mint);
      const main = await step.main();
      expect(main.exitCode).toBe(1);
      expect(main.outputs).toEqual({});
      expect(main.stdout).toMatch(/::error::`create-key` failed: createOrgApiKey \(POST .*request ID [0-9a-f-]{36}/);
      const post = await step.post();
      expect(post.exitCode).toBe(0);
      expect(mintedKeys()).toEqual([]);
      expectNoLeak(main, post);
    }),
  );

  it('fails and names the key if Neon is unavailable in the post step', () =>
    inWorld(async ({ neon, job, mint, expectNoLeak }) => {
      const step = job.step(mint);
      const main = await step.main();
      neon.faults = [{ fault: { type: 'status', status: 500 } }];
      const post = await step.post();
      expect(post.exitCode).toBe(1);
      expect(post.stdout).toContain(
        `::error::Key ${main.outputs['key_id']} "${main.outputs['key_name']}" may still be active. revokeOrgApiKey`,
      );
      expectNoLeak(main, post);
    }));
});
