// The repositories' own endpoints: answered by `emulate`, put right where it differs from GitHub.
import type { Answer } from '../http.ts';
import { Refusal } from '../refusal.ts';
import type { Call, Reply } from './call.ts';
import { openRepository } from './rights.ts';
import type { GitHubState, Repository } from './state.ts';

const MEGABYTE = 1024 * 1024;

/** Answers a request on a repository that the emulator does not answer itself. */
export async function askRepository(call: Call): Promise<Reply> {
  const repository = repositoryOf(call);
  // Rights are only known for what has a name.
  if (call.operation === 'unknown' && call.method !== 'GET') throw new Refusal(404, 'this endpoint is not emulated');
  const rest = call.path.replace(/^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)/, '');
  const path = `/repos/${repository.full_name}${rest}${call.query.size > 0 ? `?${call.query}` : ''}`;
  const { method, accept, body } = call;
  const answer = await call.git.send({ method, path, accept, ...(method !== 'GET' && { body }) });
  if (answer.status >= 400) throw await refusalOf(call, repository, answer);
  if (call.operation === 'getContent') return contentReply(call, answer);
  if (call.operation === 'getCommit' && /application\/vnd\.github\.(v3\.)?sha\b/.test(accept)) {
    return { bytes: JSON.parse(String(answer.body)).sha, headers: typed('application/vnd.github.sha') };
  }
  return {
    status: answer.status,
    json: corrected(JSON.parse(String(answer.body)), call.state),
    headers: linkOf(answer),
  };
}

/** The repository a request is about, opened with the request's rights. */
export function repositoryOf({ state, token, operation, path }: Call): Repository {
  const [, room, first = '', second = ''] = path.split('/');
  const named = room === 'repos' ? `${first}/${second}` : '';
  const byId = state.repositories.find(({ id }) => room === 'repositories' && String(id) === first);
  return openRepository(state, token, operation, byId?.full_name ?? decodeURIComponent(named));
}

/**
 * The JSON of a file over 1 MB has no content, only its raw form has.
 * Source: GitHub's documentation, "Get repository content".
 */
function contentReply({ accept }: Call, answer: Answer): Reply {
  if (typeof answer.body !== 'string') {
    const raw = /application\/vnd\.github\.[\w.]*raw(\+json)?/.exec(accept)?.[0];
    return { bytes: answer.body, headers: typed(raw ?? 'application/vnd.github.raw+json') };
  }
  const json = JSON.parse(answer.body);
  if (json.type === 'file' && json.size > MEGABYTE) Object.assign(json, { content: '', encoding: 'none' });
  if (Array.isArray(json) && /application\/vnd\.github\.[\w.]*object/.test(accept)) {
    return { json: { type: 'dir', entries: json } };
  }
  return { json };
}

async function refusalOf(call: Call, { full_name }: Repository, { status, body }: Answer): Promise<Refusal> {
  const message = JSON.parse(String(body)).message ?? 'Not Found';
  if (call.operation === 'getCommit' && status === 404) {
    return new Refusal(422, `No commit found for SHA: ${call.params['ref']}`);
  }
  const ref = call.operation === 'getContent' ? call.query.get('ref') : null;
  if (ref && (await call.git.send({ path: `/repos/${full_name}/commits/${ref}` })).status === 404) {
    return new Refusal(404, `No commit found for the ref ${ref}`);
  }
  return new Refusal(status, message);
}

/** Gives every repository in an answer the id and the visibility that it has in our state; `emulate` counts from 1. */
export function corrected(json: unknown, state: GitHubState): unknown {
  if (Array.isArray(json)) return json.map((item) => corrected(item, state));
  if (typeof json !== 'object' || json === null) return json;
  const copy = Object.fromEntries(Object.entries(json).map(([key, value]) => [key, corrected(value, state)]));
  const ours = state.repositories.find(({ full_name }) => full_name === copy['full_name']);
  if (!ours) return copy;
  return { ...copy, id: ours.id, private: ours.private, visibility: ours.private ? 'private' : 'public' };
}

function typed(type: string): Record<string, string> {
  return { 'content-type': `${type}; charset=utf-8` };
}

function linkOf({ headers: { link } }: Answer): Record<string, string> {
  return link === undefined ? {} : { link };
}
