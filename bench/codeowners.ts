// Time and memory of reading a CODEOWNERS file at a quarter, half and all of GitHub's limit; memory needs `--expose-gc`.
import { parseCodeowners } from '../src/members/codeowners.ts';
import { median } from './quantile.ts';

const rounds = 15;
const sizes = [0.75, 1.5, 3];
const gc = globalThis.gc ?? (() => undefined);

/** Like large real files: many rules with owners and comments, some of them invalid. */
function fileOf(megabytes: number): string {
  const lines: string[] = [];
  for (let bytes = 0, i = 0; bytes < megabytes * 1024 * 1024; i += 1) {
    const fault = i % 50 === 0 ? ' @a@b' : '';
    const line = `/services/area-${i}/**/*.ts @acme/team-${i % 200} @user-${i % 5000}${fault} user-${i % 5000}@example.com # see ${i}`;
    lines.push(line);
    bytes += line.length + 1;
  }
  return lines.join('\n');
}

interface Measured {
  ms: number;
  bytes: number;
}

/** A separate function, so that nothing from the previous round is still reachable. */
function measureOnce(text: string): Measured {
  gc();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const read = parseCodeowners(text);
  const ms = performance.now() - start;
  gc();
  const bytes = process.memoryUsage().heapUsed - before;
  // Used here, so that it is still reachable during the measurement.
  if (read.owners.length === 0) throw new Error('nothing was read');
  return { ms, bytes };
}

function measure(text: string): Measured {
  const all = Array.from({ length: rounds + 3 }, () => measureOnce(text)).slice(3);
  return { ms: median(all.map(({ ms }) => ms)), bytes: median(all.map(({ bytes }) => bytes)) };
}

const measured = sizes.map((megabytes) => measure(fileOf(megabytes)));
const [first] = measured as [Measured];
console.log(`Node ${process.version}, median of ${rounds}\n`);
console.log('| CODEOWNERS | time | × | memory kept | × |\n|---|---|---|---|---|');
for (const [i, { ms, bytes }] of measured.entries()) {
  const kept = globalThis.gc
    ? `${(bytes / 1e6).toFixed(1)} MB | ${(bytes / first.bytes).toFixed(2)}`
    : 'needs --expose-gc | –';
  console.log(`| ${sizes[i]} MB | ${ms.toFixed(0)} ms | ${(ms / first.ms).toFixed(2)} | ${kept} |`);
}
