import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect } from 'vitest';
import { connectGitHub, type GitHubOptions } from '../../src/github/client.ts';
import { GitHubError } from '../../src/github/errors.ts';

const servers: Server[] = [];
export const token = 'github-token-of-a-test';

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

export async function listen(response: RequestListener): Promise<string> {
  const server = createServer(response).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function open(url: string, options: Partial<GitHubOptions> = {}) {
  const notices: string[] = [];
  const never = new AbortController().signal;
  const base = { token, userAgent: 'a-test/1', timeoutMs: 5000, env: {}, cancelled: never, debug: () => {} };
  const notice = (line: string) => void notices.push(line);
  return connectGitHub({ apiUrl: new URL(url), notice, ...base, ...options }).then((github) => ({ github, notices }));
}

export const run = { owner: 'acme', repo: 'shop', run_id: 1 };
export const json = { 'content-type': 'application/json' };

export async function failureOf(work: Promise<unknown>): Promise<GitHubError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GitHubError);
  expect(String(error)).not.toContain(token);
  return error as GitHubError;
}

/** Returns the responses in turn, and then repeats the last one. */
export function respondingWith(...responses: [status: number, body: unknown, headers?: Record<string, string>][]) {
  const requests: IncomingMessage[] = [];
  const response: RequestListener = (request, response) => {
    const [status, body, headers] = responses[Math.min(requests.push(request), responses.length) - 1] ?? [500, {}];
    response.writeHead(status, { ...json, ...headers }).end(JSON.stringify(body));
  };
  return { requests, response };
}
