import { type Activity, type ActivityKind, rowsPerPage } from './activity.ts';

const pullsRequest = { needs: '"Pull requests: read"' };

/** Pull requests (REST documentation, "Pull requests"). A closed one can be reopened, unless it was merged. */
export const pulls: ActivityKind = {
  async read(github, place, pull_number) {
    return pullActivity((await github.rest.pulls.get({ ...place, pull_number, request: pullsRequest })).data);
  },

  async list(github, place, filter, page) {
    const state = filter as 'all' | 'open';
    const { data, headers } = await github.rest.pulls.list({
      ...place,
      state,
      per_page: rowsPerPage,
      page,
      request: pullsRequest,
    });
    if (!Array.isArray(data)) return undefined;
    const rows = data.map(pullActivity);
    return rows.every((row) => row !== undefined) ? { rows, pages: lastPage(headers.link) ?? page } : undefined;
  },

  all: 'all',
  active: ['open'],
};

interface PullResponse {
  number?: unknown;
  state?: unknown;
  base?: { repo?: { id?: unknown } | null } | null;
}

function pullActivity(response: PullResponse | null): Activity | undefined {
  const { number, state, base } = response ?? {};
  const repositoryId = base?.repo?.id;
  if (!Number.isSafeInteger(number) || !Number.isSafeInteger(repositoryId)) return undefined;
  if (state !== 'open' && state !== 'closed') return undefined;
  return { repositoryId: repositoryId as number, number: number as number, attempt: 1, hasEnded: state === 'closed' };
}

/** The last page, which every Link header names except the last page's own (REST documentation, "Using pagination"). */
function lastPage(link: string | undefined): number | undefined {
  const page = /[?&]page=(\d+)[^>]*>; rel="last"/.exec(link ?? '')?.[1];
  return page === undefined ? undefined : Number(page);
}
