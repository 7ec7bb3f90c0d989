import { describe, expect, it } from 'vitest';
import { BrokerError } from '../../src/keyless/errors.ts';
import { requestIdToken } from '../../src/keyless/id-token.ts';
import { listen, respondingWith } from '../github/served.ts';

const requestToken = 'request-token-of-a-test';
const idToken = 'header.payload.signature';

async function world(status: number, body: unknown) {
  const { requests, response } = respondingWith([status, body]);
  const masked: string[] = [];
  const url = `${await listen(response)}/token?api-version=2.0`;
  const request = (env: NodeJS.ProcessEnv = {}) =>
    requestIdToken('https://broker.example.com/a?b', {
      env: { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken, ...env },
      mask: (token) => masked.push(token),
      newRequestId: () => 'request-1',
      timeoutMs: 5000,
    });
  return { requests, masked, request };
}

async function failureOf(work: Promise<unknown>): Promise<BrokerError> {
  const error: unknown = await work.catch((reason) => reason);
  expect(error).toBeInstanceOf(BrokerError);
  expect(String(error)).not.toContain(requestToken);
  return error as BrokerError;
}

describe('requestIdToken', () => {
  it('requests a token for the audience, and masks both tokens', async () => {
    const { requests, masked, request } = await world(200, { value: idToken });
    expect(await request()).toBe(idToken);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /token?api-version=2.0&audience=https%3A%2F%2Fbroker.example.com%2Fa%3Fb',
    ]);
    expect(requests[0]?.headers.authorization).toBe(`Bearer ${requestToken}`);
    expect(masked).toEqual([requestToken, idToken]);
  });

  it.each([
    ['the URL', { ACTIONS_ID_TOKEN_REQUEST_URL: undefined }],
    ['the token', { ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }],
    ['a valid URL', { ACTIONS_ID_TOKEN_REQUEST_URL: 'not a URL' }],
  ])('sends nothing if the job does not have %s of the endpoint, and names the permission', async (_what, env) => {
    const { requests, request } = await world(200, { value: idToken });
    const { facts, message } = await failureOf(request(env));
    expect(facts).toMatchObject({ isWithoutIdentity: true, keyMayExist: false });
    expect(message).toContain('`permissions: id-token: write`');
    expect(requests).toEqual([]);
  });

  it.each([
    [401, true],
    [403, true],
    [429, false],
    [500, false],
  ])('decides after a %i whether the job cannot get ID tokens: %s', async (status, isWithoutIdentity) => {
    const { request } = await world(status, { value: idToken });
    expect((await failureOf(request())).facts).toMatchObject({ status, isWithoutIdentity, keyMayExist: false });
  });

  it.each([
    ['no token', {}],
    ['a token that is not a JWT', { value: 'header.payload' }],
    ['a token with a line break', { value: `${idToken}\n` }],
    ['a list', []],
    ['null', null],
  ])('fails for %s in a response with status 200', async (_what, body) => {
    const { masked, request } = await world(200, body);
    expect((await failureOf(request())).facts).toMatchObject({ status: 200, keyMayExist: false });
    expect(masked).toEqual([requestToken]);
  });
});
