import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openBroker } from '../../src/keyless/broker-client.ts';
import { BrokerError } from '../../src/keyless/errors.ts';
import { mintFailure } from '../../src/keyless/render.ts';

const idToken = 'header.claims.signature';

async function listen(handle: (path: string) => { status: number; type?: string; body: object }): Promise<Server> {
  const server = createServer((request, response) => {
    const { status, type = 'application/json', body } = handle(request.url ?? '');
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** @returns the error text of a key request. @param response undefined: no broker listens at the URL */
async function failureOf(response: { status: number; type?: string; body: object } | undefined) {
  const issuer = await listen(() => ({ status: 200, body: { value: idToken } }));
  const broker = await listen(() => response ?? { status: 500, body: {} });
  const url = urlOf(broker);
  if (response === undefined) broker.close();
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${urlOf(issuer)}/?v=1`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
  };
  const client = openBroker(url, { env, mask: () => {}, newRequestId: () => 'request-1', timeoutMs: 5000 });
  const error = await client.createKey({ project_id: 'p', nonce: 'nonce00001', label: '' }).catch((cause) => cause);
  issuer.close();
  broker.close();
  expect(error).toBeInstanceOf(BrokerError);
  return { url, text: mintFailure(error) };
}

const problem = (status: number, more: object) => ({
  status,
  type: 'application/problem+json',
  body: { detail: 'A detail.', request_id: 'request-2', key_may_exist: false, ...more },
});
const sameUrl = 'Check that `broker_url` and the `audience` in the policy of the broker are the same URL.';
const page = 'https://github.com/neon-org-action/neon-org-action/blob/main/docs/keyless.md';

describe('the error text of a request to the broker', () => {
  it('names the URL, `broker_url` and what to check if nothing listens at the URL', async () => {
    const { url, text } = await failureOf(undefined);
    expect(text).toBe(
      `POST ${url}/v1/keys failed (request ID request-1). connect ECONNREFUSED ${url.slice(7)}. Check that \`broker_url\` ` +
        'is the URL of the broker and that the broker is running, and check the network and HTTPS_PROXY.',
    );
  });

  it('reports a response that is not from a broker, and that the post step has a key revoked', async () => {
    const { url, text } = await failureOf({ status: 404, body: {} });
    expect(text).toBe(
      `POST ${url}/v1/keys failed: 404 (request ID request-1). The response is not from a key broker. Check that ` +
        '`broker_url` is the URL of the broker, and check the proxies in front of the broker.\n' +
        'If the broker created a key, the post step has it revoked.',
    );
  });

  it('says which URLs must be the same after a 404 of a broker', async () => {
    const { url, text } = await failureOf(problem(404, { code: 'not-found' }));
    expect(text).toBe(
      `POST ${url}/v1/keys failed: 404 not-found (request ID request-2). A detail.\n${sameUrl}\nHelp: ${page}#not-found`,
    );
  });

  it.each([
    ['audience', `\n${sameUrl}`],
    ['issuer', '\nAsk the operator of the broker to check `OIDC_ISSUER`.'],
    ['expired', ''],
  ])('fits the reason of a 401: %s', async (reason, advice) => {
    const { url, text } = await failureOf(problem(401, { code: 'invalid-token', reason }));
    expect(text).toBe(
      `POST ${url}/v1/keys failed: 401 invalid-token (request ID request-2). A detail.${advice}\nHelp: ${page}#invalid-token`,
    );
  });

  it('lists the values of the job that no grant allows, and who can see the expected ones', async () => {
    const grants = [{ grant: 'main', failed: [{ claim: 'ref', actual: 'refs/heads/x' }] }];
    const { text } = await failureOf(problem(403, { code: 'denied', grants }));
    expect(text.split('\n').slice(1)).toEqual([
      'Grant "main" does not match: ref is "refs/heads/x".',
      'Run the job where the policy allows it, or ask the operator of the broker. `broker explain` shows the operator which values the policy expects.',
      `Help: ${page}#denied`,
    ]);
  });
});

describe('deleteKey', () => {
  const deletion = async (nonce: string) => {
    const issuer = await listen(() => ({ status: 200, body: { value: idToken } }));
    const broker = await listen(() => ({ status: 200, body: { nonce, revoked: ['7'], pending: false } }));
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${urlOf(issuer)}/?v=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
    };
    const client = openBroker(urlOf(broker), { env, mask: () => {}, newRequestId: () => 'request-1', timeoutMs: 5000 });
    const result = await client.deleteKey('nonce00001').catch((cause) => cause);
    issuer.close();
    broker.close();
    return result;
  };

  it('returns what became of the nonce', async () => {
    expect(await deletion('nonce00001')).toEqual({ nonce: 'nonce00001', revoked: ['7'], pending: false });
  });

  it('does not accept a response about another nonce', async () => {
    expect(await deletion('nonce00002')).toBeInstanceOf(BrokerError);
  });
});
