// Measures the time to find and judge the rotation keys of one secret, in a list with as many other keys.
import { composeKeyName, type Lifetime } from '../src/keys/name.ts';
import { judgeRotation, keysOfSecret } from '../src/keys/rotation-rule.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-24T12:00:00Z');

function listed(index: number, lifetime: Lifetime) {
  const mark = {
    repositoryId: 812_345_678,
    runId: 19_876_543_210 + index,
    runAttempt: 1,
    lifetime,
    nonce: `n${index}`,
  };
  const created_at = new Date(now - index * hour).toISOString();
  const created_by = { id: 'ada', name: 'Ada', image: '' };
  return { id: String(index), name: composeKeyName('NEON', mark), created_at, created_by, last_used_from_addr: '' };
}

console.log('| rotation keys of one secret | listed keys | ms |\n|---|---|---|');
for (const keys of [100, 1000, 10_000]) {
  const list = Array.from({ length: keys }, (_, index) => [
    listed(index, { kind: 'rotation', graceSeconds: 86_400, secretId: 'abcdefghij' }),
    listed(index, { kind: 'job' }),
  ]).flat();
  const started = performance.now();
  const own = keysOfSecret(list, 'abcdefghij');
  const verdicts = judgeRotation({ keys: own, listedAt: now, updatedAt: now }, { createdAt: now, graceMs: 24 * hour });
  const took = performance.now() - started;
  if (verdicts.length !== keys) throw new Error('Every key of the secret must be judged.');
  console.log(`| ${keys} | ${list.length} | ${took.toFixed(0)} |`);
}
