// The endpoints of repositories: responses of `emulate`, corrected where it differs from GitHub.
import type { EmulatedResponse } from '../http.ts';
import { Refusal } from '../refusal.ts';
import type { Call, Reply } from './call.ts';
import type { Repository } from './model.ts';
import { actorOf, openRepository } from './rights.ts';

const MEGABYTE = 1024 * 1024;

/** Handles a request about a repository that no other handler handles. */
export async function handleRepository(call: Call): Promise<Reply> {
  if (call.operation === 'unknown') throw new Refusal(404, 'this endpoint is not emulated');
  const repository = repositoryOf(call);
  const { method, accept, body } = call;
  const path = await pathInGit(call, repository);
  const response = await call.git.send({ method, path, accept, ...(method !== 'GET' && { body }) });
  if (response.status >= 400) throw await refusalOf(call, repository, response);
  if (call.operation === 'getContent') return contentReply(call, response);
  if (call.operation === 'getCommit' && /application\/vnd\.github\.(v3\.)?sha\b/.test(accept)) {
    return { bytes: JSON.parse(String(response.body)).sha, headers: typed('application/vnd.github.sha') };
  }
  if (typeof response.body !== 'string') return { bytes: response.body, headers: response.headers };
  const json = corrected(JSON.parse(response.body), call);
  if (call.operation === 'createIssueComment') noteAuthor(json as { id: number }, call);
  return { status: response.status, json: withAuthor(json, call), headers: linkOf(response) };
}

/** `emulate` has one author for all comments. */
function noteAuthor({ id }: { id: number }, { state, token }: Call): void {
  state.comment_authors[id] = actorOf(token);
}

function withAuthor(json: unknown, { operation, state }: Call): unknown {
  if (!operation.endsWith('IssueComment')) return json;
  const comment = json as { id: number; user: object };
  return { ...comment, user: { ...comment.user, ...state.comment_authors[comment.id] } };
}

/** The path of the request, with the name of the repository in `emulate`, and a commit instead of a pull request's ref. */
async function pathInGit(call: Call, { id }: Repository): Promise<string> {
  const { operation, params, git } = call;
  const subpath = call.path.replace(/^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)/, '');
  const rest = operation === 'getCommit' ? `/commits/${await git.resolve(id, params['ref'] ?? '')}` : subpath;
  const query = new URLSearchParams(call.query);
  const ref = query.get('ref');
  if (ref !== null) query.set('ref', await git.resolve(id, ref));
  return `/repos/${git.names.get(id)}${rest}${query.size > 0 ? `?${query}` : ''}`;
}

/** The repository that a request is about, if the token has the right to it. A former name redirects to the ID. */
export function repositoryOf({ state, token, operation, path, query, apiUrl }: Call): Repository {
  const [, collection, first = '', second = '', ...rest] = path.split('/');
  const byId = state.repositories.find(({ id }) => collection === 'repositories' && String(id) === first);
  const name = collection === 'repos' ? decodeURIComponent(`${first}/${second}`) : '';
  const moved = state.repositories.find(({ former_names }) => former_names.includes(name));
  const repository = openRepository(state, token, operation, byId?.full_name ?? moved?.full_name ?? name);
  if (moved === undefined) return repository;
  const location = `${apiUrl}/${['repositories', moved.id, ...rest].join('/')}${query.size > 0 ? `?${query}` : ''}`;
  throw new Refusal(301, 'Moved Permanently', { location });
}

/**
 * The JSON of a file over 1 MB does not include the content; the raw form does.
 * Source: GitHub's documentation, "Get repository content".
 */
function contentReply({ accept }: Call, response: EmulatedResponse): Reply {
  if (typeof response.body !== 'string') {
    const raw = /application\/vnd\.github\.[\w.]*raw(\+json)?/.exec(accept)?.[0];
    return { bytes: response.body, headers: typed(raw ?? 'application/vnd.github.raw+json') };
  }
  const json = JSON.parse(response.body);
  if (json.type === 'file' && json.size > MEGABYTE) Object.assign(json, { content: '', encoding: 'none' });
  if (Array.isArray(json) && /application\/vnd\.github\.[\w.]*object/.test(accept)) {
    return { json: { type: 'dir', entries: json } };
  }
  return { json };
}

async function refusalOf(call: Call, { id }: Repository, { status, body }: EmulatedResponse): Promise<Refusal> {
  const message = JSON.parse(String(body)).message ?? 'Not Found';
  if (call.operation === 'getCommit' && status === 404) {
    return new Refusal(422, `No commit found for SHA: ${call.params['ref']}`);
  }
  const ref = call.operation === 'getContent' ? call.query.get('ref') : null;
  if (ref && (await call.git.send({ path: `/repos/${call.git.names.get(id)}/commits/${ref}` })).status === 404) {
    return new Refusal(404, `No commit found for the ref ${ref}`);
  }
  return new Refusal(status, message);
}

/** Sets the ID, name and visibility of every repository in a response from our state, because `emulate` counts IDs from 1. */
export function corrected(json: unknown, call: Pick<Call, 'state' | 'git'>): unknown {
  if (Array.isArray(json)) return json.map((item) => corrected(item, call));
  if (typeof json !== 'object' || json === null) return json;
  const copy = Object.fromEntries(Object.entries(json).map(([key, value]) => [key, corrected(value, call)]));
  const ours = call.state.repositories.find(({ id }) => call.git.names.get(id) === copy['full_name']);
  if (!ours) return copy;
  const { id, full_name, private: hidden } = ours;
  const name = full_name.split('/')[1];
  return { ...copy, id, name, full_name, private: hidden, visibility: hidden ? 'private' : 'public' };
}

function typed(type: string): Record<string, string> {
  return { 'content-type': `${type}; charset=utf-8` };
}

function linkOf({ headers: { link } }: EmulatedResponse): Record<string, string> {
  return link === undefined ? {} : { link };
}
