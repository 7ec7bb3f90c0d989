import { describe, expect, it } from 'vitest';
import { allowedClaims, type BrokerServer, type Interceptor, startBrokerServer } from '../../emulator/broker.ts';
import { type OidcServer, startOidc } from '../../emulator/oidc.ts';
import { type Job, type Run, startJob } from '../../emulator/runner.ts';
import { type NeonServer, startNeon } from '../../emulator/server.ts';
import { encodedForms } from '../../src/lib/redact.ts';

interface KeylessWorld extends Pick<BrokerServer, 'broker' | 'methods'> {
  neon: NeonServer;
  oidc: OidcServer;
  job: Job;
  inputs: Record<string, string>;
  /** Disturbs the requests of the job, unless it is undefined. */
  disturb(interceptor: Interceptor | undefined): void;
  minted(): { id: string; name: string }[];
  expectNoLeak(...runs: Run[]): void;
}

/** A job with `id-token: write`, the issuer, the broker over HTTP and Neon. @param claims over those that may mint */
async function inKeylessWorld(work: (world: KeylessWorld) => Promise<void>, claims: object = {}): Promise<void> {
  const [neon, oidc] = [await startNeon({ rateLimits: false }), await startOidc()];
  const server = await startBrokerServer({ neon, oidc });
  const { broker, methods, url } = server;
  const job = startJob({ RUNNER_DEBUG: '1', ...oidc.grant({ claims: { ...allowedClaims, ...claims } }) });
  try {
    await work({
      ...{ neon, oidc, broker, job, methods },
      inputs: { operation: 'create-key', broker_url: url, project_id: neon.projectId, timeout: '2s' },
      disturb: (next) => {
        server.interceptor = next;
      },
      minted: () => neon.liveKeys().filter(({ name }) => name.includes('~gha.')),
      expectNoLeak: (...runs) => expectNoLeak(runs, neon, [...server.audit, ...server.log]),
    });
  } finally {
    job.end();
    await server.close();
    await Promise.all([neon.close(), oidc.close()]);
  }
}

function expectNoLeak(runs: Run[], neon: NeonServer, logs: object[]): void {
  const tokens = neon.state().credentials.map(({ token }) => token);
  for (const { stdout, stderr, log, summary, state, outputs } of runs) {
    const { api_key: _handedOver, ...others } = outputs;
    const printed = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    const places = [
      ...printed,
      stderr,
      ...log,
      summary,
      JSON.stringify(state),
      JSON.stringify(others),
      JSON.stringify(logs),
    ].join('\n');
    for (const form of tokens.flatMap((token) => [token, ...encodedForms(token)])) {
      expect(places.includes(form)).toBe(false);
    }
    // Neither an ID token nor another credential.
    expect(places).not.toMatch(/eyJ[\w-]+\.eyJ/);
  }
}

const html502: Interceptor = async () => new Response('<html><title>Bad Gateway</title></html>', { status: 502 });

/** Forwards the request, but drops the response. */
const losesResponses: Interceptor = async (_, forward) => {
  await forward();
  return html502(_, forward);
};

describe('create-key with broker_url', () => {
  it('mints without an admin key, masks the token, and revokes the key after the job', () =>
    inKeylessWorld(async ({ job, inputs, minted, neon, expectNoLeak }) => {
      const step = job.step(inputs);
      const main = await step.main();
      expect(main.log.join('\n')).toContain('The broker created key');
      expect(main.exitCode).toBe(0);
      expect(main.outputs).toMatchObject({ changed: 'true', project_id: neon.projectId, key_id: minted()[0]?.id });
      expect(main.outputs['key_name']).toMatch(/^shop integration-tests ~gha\..*\.t2s0\./);
      expect(neon.isLive(main.outputs['api_key'] ?? '')).toBe(true);
      expect(job.masks).toContain(main.outputs['api_key']);
      const post = await step.post();
      expect([post.exitCode, minted()]).toEqual([0, []]);
      expect(post.summary).toContain('✅ revoked');
      expectNoLeak(main, post);
    }));

  it('saves the URL, nonces and IDs, and no secret', () =>
    inKeylessWorld(async ({ job, inputs, minted }) => {
      const { state } = await job.step(inputs).main();
      expect(JSON.parse(state['keyless'] ?? '')).toEqual({
        brokerUrl: inputs['broker_url']?.replace(/\/$/, ''),
        timeoutMs: 2000,
        nonces: [
          {
            nonce: expect.stringMatching(/^[a-z0-9]{10}$/),
            requestedAt: expect.any(Number),
            respondedAt: expect.any(Number),
            id: minted()[0]?.id,
            name: minted()[0]?.name,
            expiresAt: expect.any(String),
          },
        ],
      });
    }));

  it('explains a denial with the claims of the job, and leaves no work for the post step', () =>
    inKeylessWorld(
      async ({ job, inputs, methods }) => {
        const step = job.step(inputs);
        const main = await step.main();
        expect(main.exitCode).toBe(1);
        expect(main.stdout).toMatch(
          /POST http:\S+\/v1\/keys failed: 403 denied \(request ID \S+\)\. No grant for this repository matches this job\./,
        );
        expect(main.stdout).toContain('Grant "pushes of 812345678" does not match: ref is "refs/heads/evil".');
        const post = await step.post();
        expect([post.exitCode, post.stdout, methods]).toEqual([0, '', ['POST']]);
      },
      { ref: 'refs/heads/evil' },
    ));

  it('names the missing permission if the job cannot request an ID token', () =>
    inKeylessWorld(async ({ job, inputs, methods }) => {
      const main = await job.step(inputs).main({ env: { ACTIONS_ID_TOKEN_REQUEST_URL: '' } });
      expect(main.exitCode).toBe(1);
      expect(main.stdout).toContain('Add `permissions: id-token: write` to the job');
      expect(methods).toEqual([]);
    }));

  it('requests a new ID token for each attempt, and uses a new nonce', () =>
    inKeylessWorld(async ({ job, inputs, disturb, oidc, minted, methods }) => {
      const bodies: { nonce: string }[] = [];
      const tokens = new Set<string | null>();
      disturb(async (request, forward) => {
        tokens.add(request.headers.get('authorization'));
        if (request.method === 'POST') bodies.push((await request.clone().json()) as { nonce: string });
        return bodies.length < 3 ? html502(request, forward) : forward();
      });
      const main = await job.step(inputs).main();
      expect([main.exitCode, methods]).toEqual([0, ['POST', 'POST', 'POST']]);
      expect(new Set(bodies.map(({ nonce }) => nonce)).size).toBe(3);
      expect([tokens.size, oidc.requests.filter(({ operation }) => operation === 'requestIdToken').length]).toEqual([
        3, 3,
      ]);
      expect(minted()).toHaveLength(1);
      // A proxy's 502 says nothing about a key, so all three nonces are open.
      expect(JSON.parse(main.state['keyless'] ?? '').nonces).toHaveLength(3);
    }));

  it('revokes a key if the response to its creation was lost', () =>
    inKeylessWorld(async ({ job, inputs, disturb, minted }) => {
      let lost = 0;
      disturb((request, forward) => {
        lost += 1;
        return lost <= 2 ? losesResponses(request, forward) : forward();
      });
      const step = job.step(inputs);
      expect((await step.main()).exitCode).toBe(0);
      expect(minted()).toHaveLength(3);
      const post = await step.post();
      expect([post.exitCode, minted()]).toEqual([0, []]);
    }));

  it('revokes the key if the step is killed while Neon creates it', () =>
    inKeylessWorld(async ({ job, inputs, disturb, minted }) => {
      const step = job.step(inputs);
      let kill = () => {};
      disturb(async (_, forward) => {
        const response = await forward();
        kill();
        return response;
      });
      await step.main({
        started: (child) => {
          kill = () => child.kill('SIGKILL');
        },
      });
      disturb(undefined);
      expect(minted()).toHaveLength(1);
      const post = await step.post();
      expect([post.exitCode, minted()]).toEqual([0, []]);
    }));

  it('does not return a key of another project or another run', () =>
    inKeylessWorld(async ({ job, inputs, disturb, expectNoLeak }) => {
      const foreign = 'The response is for another request.';
      for (const [change, message] of [
        [{ project_id: 'other' }, 'which is not the key that was requested'],
        [{ name: '~gha.1.1-1.t2s0.nonce00001' }, foreign],
        [{ name: 'x' }, foreign],
      ] as const) {
        disturb(async (request, forward) => {
          if (request.method !== 'POST') return forward();
          return Response.json({ ...((await (await forward()).json()) as object), ...change }, { status: 201 });
        });
        const step = job.step(inputs);
        const main = await step.main();
        expect(main.exitCode).toBe(1);
        expect(main.outputs).toEqual({});
        expect(main.stdout).toContain(message);
        expect((await step.post()).exitCode).toBe(0);
        expectNoLeak(main);
      }
    }));

  it('does not follow a redirect with its ID token', () =>
    inKeylessWorld(async ({ job, inputs, disturb, methods }) => {
      disturb(async () => new Response(null, { status: 307, headers: { location: '/elsewhere' } }));
      const main = await job.step(inputs).main();
      expect([main.exitCode, methods]).toEqual([1, ['POST']]);
      expect(main.stdout).toContain('The response is not from a key broker');
    }));

  it('reports the expiry of a key that could not be revoked', () =>
    inKeylessWorld(async ({ job, inputs }) => {
      const step = job.step({ ...inputs, on_revoke_failure: 'warn' });
      await step.main();
      const post = await step.post({ env: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'expired' }, later: 7 * 3_600_000 });
      expect(post.exitCode).toBe(0);
      expect(post.stdout).toMatch(
        /::warning::Key \d+ .* may still be active\..*The broker revokes it when it expires, at 20\d\d-/,
      );
    }));

  it('lets a key expire if the runner dies', () =>
    inKeylessWorld(async ({ job, inputs, broker, minted, neon }) => {
      const { outputs } = await job.step(inputs).main();
      await broker.keeper.sweep();
      expect(minted()).toHaveLength(1);
      neon.change((state) => {
        const key = state.credentials.find(({ id }) => id === outputs['key_id']);
        if (key) key.created_at = new Date(Date.now() - 3_601_000).toISOString();
      });
      await broker.keeper.sweep();
      expect([minted(), neon.isLive(outputs['api_key'] ?? '')]).toEqual([[], false]);
    }));
});
