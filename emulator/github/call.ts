import type { Git } from './git.ts';
import type { GitHubState, Token } from './model.ts';
import type { OperationId } from './operations.ts';

/** A parsed request, and what is needed to respond to it. */
export interface Call {
  operation: OperationId | 'unknown';
  method: string;
  /** Under the API's base, without the query. */
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  accept: string;
  body: string;
  token: Token | null;
  state: GitHubState;
  git: Git;
  now: Date;
  /** The API's base URL, for links. */
  apiUrl: string;
}

/** A response before it is serialized. The default status is 200. */
export interface Reply {
  status?: number;
  json?: unknown;
  /** Instead of `json`. Their content type must be in `headers`. */
  bytes?: string | Uint8Array;
  headers?: Record<string, string>;
}

/** A page of a list, by `per_page` (1 to 100, default 30) and `page`, and its `link` header. */
export function paginate<Item>(
  { query, apiUrl, path }: Call,
  items: readonly Item[],
): { items: Item[]; headers: Record<string, string> } {
  const number = (name: string, otherwise: number) =>
    Math.max(1, Number.parseInt(query.get(name) ?? '', 10) || otherwise);
  const size = Math.min(100, number('per_page', 30));
  const page = number('page', 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string) => {
    const search = new URLSearchParams(query);
    search.set('page', String(to));
    return `<${apiUrl}${path}?${search}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ];
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}
