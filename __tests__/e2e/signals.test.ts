import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../emulator/faults.ts';
import type { Point } from '../../emulator/server.ts';
import { inWorld, realTime } from './world.ts';

// Windows has no signals between processes: every signal that Node sends ends the process at once, like SIGKILL.
const onWindows = process.platform === 'win32';
const signals: NodeJS.Signals[] = onWindows ? ['SIGKILL'] : ['SIGINT', 'SIGTERM', 'SIGKILL'];
const exits: Partial<Record<NodeJS.Signals, number | string>> = { SIGINT: 130, SIGTERM: 143, SIGKILL: 'SIGKILL' };
const lostFirst: FaultRule[] = [{ operation: 'createOrgApiKey', nth: 1, fault: { type: 'drop-after' } }];

/** Every moment at which main sends Neon a request, including those after a fault. */
const moments: [name: string, faults: FaultRule[], operation: string, nth: number, point: Point][] = [
  ['before the POST is done', [], 'createOrgApiKey', 1, 'received'],
  ['between the POST and its response', [], 'createOrgApiKey', 1, 'performed'],
  ['before a POST that gets lost is done', lostFirst, 'createOrgApiKey', 1, 'received'],
  ['before the look-up after a lost POST', lostFirst, 'listOrgApiKeys', 1, 'received'],
  ['before the revocation after a lost POST', lostFirst, 'revokeOrgApiKey', 1, 'received'],
  ['after the revocation after a lost POST', lostFirst, 'revokeOrgApiKey', 1, 'performed'],
  ['before the second POST', lostFirst, 'createOrgApiKey', 2, 'received'],
  ['between the second POST and its response', lostFirst, 'createOrgApiKey', 2, 'performed'],
];

/** Resolves when the process has ended or has logged the signal. Only then may the request continue. */
async function kill(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child?.stdout || child.exitCode !== null || child.signalCode !== null) return;
  const noticed = signal === 'SIGKILL' ? once(child, 'exit') : lineOf(child.stdout, signal);
  child.kill(signal);
  await noticed;
}

function lineOf(stream: NodeJS.ReadableStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.on('data', (chunk) => String(chunk).includes(`${text}:`) && resolve());
  });
}

describe.concurrent.each(moments)('create-key that is killed %s', (_name, faults, operation, nth, point) => {
  it.each(signals)('leaves no active key after the post step: by %s', (signal) => {
    let child: ChildProcess | undefined;
    const at = async (reached: Point, request: { operation: string; nth: number }) => {
      if (reached === point && request.operation === operation && request.nth === nth) await kill(child, signal);
    };
    return inWorld(
      async ({ job, mint, mintedKeys, expectNoLeak }) => {
        const step = job.step(mint);
        const main = await step.main({
          started: (process) => {
            child = process;
          },
        });
        expect(main.exitCode ?? main.signal).toBe(exits[signal]);
        expect(main.outputs).toEqual({});
        child = undefined;
        const post = await step.post();
        expect(post.exitCode).toBe(0);
        expect(mintedKeys()).toEqual([]);
        expectNoLeak(main, post);
      },
      { faults, at },
    );
  });
});

describe.concurrent('create-key that is killed', () => {
  it('leaves no active key even if the request arrives during the post step', () => {
    let child: ChildProcess | undefined;
    let firstLook: () => void = () => {};
    const looked = new Promise<void>((resolve) => {
      firstLook = resolve;
    });
    return inWorld(
      async ({ job, mint, mintedKeys, requests }) => {
        const step = job.step(mint);
        await step.main({
          started: (process) => {
            child = process;
          },
        });
        const post = await step.post({ later: 0 });
        expect(post.exitCode).toBe(0);
        expect(mintedKeys()).toEqual([]);
        expect(requests().slice(0, 2)).toEqual(['createOrgApiKey', 'listOrgApiKeys']);
        expect(requests().filter((operation) => operation === 'revokeOrgApiKey')).toHaveLength(1);
      },
      {
        at: async (point, { operation }) => {
          if (operation === 'listOrgApiKeys' && point === 'performed') firstLook();
          if (operation !== 'createOrgApiKey' || point !== 'received') return;
          await kill(child, 'SIGKILL');
          await looked;
        },
      },
    );
  });
});

// In a job container, cancelling does not end main, and the post step runs at the same time.
describe.concurrent('create-key that is still running during its post step', () => {
  /** Runs main, and post with the state that `stateAt` gives, from the moment at which Neon reaches `moment`. */
  const besides = (
    moment: { operation: string; nth: number; point: Point },
    faults: FaultRule[],
    stateAt: (saved: Record<string, string>) => Record<string, string>,
    lifetime = 'job',
  ) => {
    let startPost: () => Promise<unknown> = async () => {};
    let onRequest = () => {};
    return inWorld(
      async ({ job, mint, mintedKeys, expectNoLeak }) => {
        const step = job.step({ ...mint, lifetime });
        let post: ReturnType<typeof step.post> | undefined;
        startPost = async () => {
          const state = stateAt(step.savedState());
          const env = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]));
          const child = new Promise<ChildProcess>((started) => {
            post = step.post({ later: 0, env, started });
          });
          // At its first request or its end, the marker exists.
          const requested = new Promise<void>((resolve) => {
            onRequest = resolve;
          });
          await Promise.race([requested, once(await child, 'exit')]);
        };
        const main = await step.main();
        const ended = await post;
        expect(main.exitCode).toBe(1);
        expect(main.outputs).toEqual({});
        expect(main.log.join('\n')).toContain('The job has ended: its post step started');
        expect(ended?.exitCode).toBe(0);
        expect(mintedKeys()).toEqual([]);
        if (ended) expectNoLeak(main, ended);
      },
      {
        faults,
        at: async (point, { operation, nth }) => {
          onRequest();
          const { nth: atNth, operation: atOperation, point: atPoint } = moment;
          if (nth === atNth && operation === atOperation && point === atPoint) await startPost();
        },
      },
    );
  };
  const saved = (state: Record<string, string>) => state;
  const none = () => ({});
  const again: FaultRule[] = [
    { operation: 'createOrgApiKey', nth: 1, fault: { type: 'status', status: 429, headers: { 'retry-after': '1' } } },
  ];

  it.each([
    ['with the state of that moment', saved],
    ['with an empty state', none],
  ])('leaves no active key if its request is carried out later, %s', (_what, stateAt) =>
    besides({ operation: 'createOrgApiKey', nth: 1, point: 'received' }, [], stateAt),
  );

  it.each([
    ['with the state of that moment', saved],
    ['with an empty state', none],
  ])('leaves no active key if its response arrives later, %s', (_what, stateAt) =>
    besides({ operation: 'createOrgApiKey', nth: 1, point: 'performed' }, [], stateAt, 'manual'),
  );

  it('does not repeat its request if it waits for the next attempt', () =>
    besides({ operation: 'createOrgApiKey', nth: 1, point: 'received' }, again, none));

  it('revokes its key itself after a lost response with an empty state', () =>
    besides({ operation: 'createOrgApiKey', nth: 1, point: 'performed' }, lostFirst, none));
});

describe.skipIf(onWindows)('a cancelled step', { concurrent: true }, () => {
  it.each(['job', 'manual'])(
    'lets the POST under way finish, saves its id, and hands nothing out (lifetime: %s)',
    (lifetime) => {
      let child: ChildProcess | undefined;
      return inWorld(
        async ({ job, mint, mintedKeys, requests }) => {
          const step = job.step({ ...mint, lifetime });
          const main = await step.main({
            env: realTime,
            started: (process) => {
              child = process;
            },
          });
          const [lease] = JSON.parse(main.state['leases'] as string).leases;
          expect(mintedKeys().map(({ id }) => id)).toEqual([lease.id]);
          expect(main.log.join('\n')).toContain('The step was cancelled by SIGTERM.');
          expect(main.stdout).not.toContain('::error::');
          await step.post();
          expect(mintedKeys()).toEqual([]);
          expect(requests()).toEqual(['createOrgApiKey', 'revokeOrgApiKey', 'listOrgApiKeys']);
        },
        { at: (point) => (point === 'received' ? kill(child, 'SIGTERM') : undefined) },
      );
    },
  );

  it('gives up a request that does not end before the runner would kill it', () => {
    let child: ChildProcess | undefined;
    return inWorld(
      async ({ job, mint, mintedKeys }) => {
        const step = job.step(mint);
        const main = await step.main({
          started: (process) => {
            child = process;
          },
        });
        expect(main.exitCode).toBe(143);
        expect(main.log.join('\n')).toContain('the step was cancelled before there was a response');
        expect((await step.post()).exitCode).toBe(0);
        expect(mintedKeys()).toEqual([]);
      },
      {
        faults: [{ operation: 'createOrgApiKey', fault: { type: 'hang-after' } }],
        at: (point) => (point === 'performed' ? kill(child, 'SIGTERM') : undefined),
      },
    );
  });

  it('does not sit out the wait before another attempt', () => {
    let child: ChildProcess | undefined;
    return inWorld(
      async ({ job, mint, mintedKeys }) => {
        const step = job.step(mint);
        const main = await step.main({
          started: (process) => {
            child = process;
          },
        });
        expect(main.exitCode).toBe(143);
        expect((await step.post()).exitCode).toBe(0);
        expect(mintedKeys()).toEqual([]);
      },
      {
        faults: [
          { operation: 'createOrgApiKey', fault: { type: 'status', status: 429, headers: { 'retry-after': '29' } } },
        ],
        at: (point) => void (point === 'received' && setTimeout(() => child?.kill('SIGTERM'), 300)),
      },
    );
  });
});

describe.skipIf(onWindows)('a post step that gets a signal', { concurrent: true }, () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('still revokes after %s', (signal) => {
    let child: ChildProcess | undefined;
    return inWorld(
      async ({ job, mint, mintedKeys, expectNoLeak }) => {
        const step = job.step(mint);
        await step.main();
        const post = await step.post({
          started: (process) => {
            child = process;
          },
        });
        expect(post.exitCode).toBe(0);
        expect(post.log.join('\n')).toContain(`Received ${signal}: still revoking keys.`);
        expect(mintedKeys()).toEqual([]);
        expectNoLeak(post);
      },
      { at: (point) => (point === 'received' ? kill(child, signal) : undefined) },
    );
  });
});
