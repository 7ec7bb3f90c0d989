import type { GitHub } from './client.ts';
import { isNotFound } from './errors.ts';
import type { Repository } from './run.ts';

/** Where a GitHub Actions secret is. */
export interface SecretPlace {
  /** Letters, digits and `_`; GitHub compares it without case. */
  name: string;
  scope: 'repository' | 'environment' | 'organization';
  /** Of the scope `environment`. */
  environment?: string;
}

/** One secret of GitHub Actions. Its value can be written and never be read. All throw GitHubError. */
export interface Secret {
  /** When it was last written (ISO 8601, whole seconds); undefined when there is none. */
  updatedAt(): Promise<string | undefined>;
  /** Fetches what storing needs, so that what the token may not do is known before there is a value. */
  prepare(): Promise<Store>;
  /** @returns whether there was one */
  remove(): Promise<boolean>;
}

/**
 * Stores a value, sealed for GitHub's public key; once more is as good as once.
 * @param signal gives up what is under way, and all further attempts
 */
export type Store = (value: string, signal?: AbortSignal) => Promise<void>;

const routes: Record<SecretPlace['scope'], string> = {
  repository: '/repos/{owner}/{repo}/actions/secrets',
  environment: '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
  organization: '/orgs/{org}/actions/secrets',
};
// GitHub documentation, "Permissions required for fine-grained personal access tokens".
const permissions: Record<SecretPlace['scope'], string> = {
  repository: '"Secrets: read and write" of the repository',
  environment: '"Environments: read and write" of the repository',
  organization: '"Secrets: read and write" of the organization',
};
const whoHasIt = ', which a GitHub App or a fine-grained token can be given; the GITHUB_TOKEN of a job never has it';

/** @param repository whose secret it is, or whose owner's */
export function secretAt(github: GitHub, { owner, repo }: Repository, place: SecretPlace): Secret {
  const route = routes[place.scope];
  const request = { needs: permissions[place.scope] + whoHasIt };
  const parameters = {
    ...(place.scope === 'organization' ? { org: owner } : { owner, repo }),
    ...(place.scope === 'environment' ? { environment_name: place.environment } : {}),
    request,
  };
  const named = { ...parameters, secret_name: place.name };

  async function metadata(): Promise<SecretMetadata | undefined> {
    try {
      return (await github.request(`GET ${route}/{secret_name}`, named)).data as SecretMetadata;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  return {
    updatedAt: async () => (await metadata())?.updated_at,

    async prepare() {
      const { key_id, key } = (await github.request(`GET ${route}/public-key`, parameters)).data as Partial<PublicKey>;
      if (typeof key_id !== 'string' || typeof key !== 'string') throw new Error('GitHub did not tell its public key.');
      const readers =
        place.scope === 'organization' ? await readersOf(github, owner, repo, place, await metadata()) : {};
      const { sealer } = await import('./seal.ts');
      const seal = sealer(key);
      return async (value, signal) => {
        const body = { ...readers, key_id, encrypted_value: seal(value) };
        const options = { ...request, ...(signal ? { signal } : {}) };
        await github.request(`PUT ${route}/{secret_name}`, { ...named, ...body, request: options });
      };
    },

    async remove() {
      try {
        await github.request(`DELETE ${route}/{secret_name}`, named);
        return true;
      } catch (error) {
        if (isNotFound(error)) return false;
        throw error;
      }
    },
  };
}

interface PublicKey {
  key_id: string;
  key: string;
}

interface SecretMetadata {
  updated_at: string;
  visibility?: string;
}

/**
 * Who may read an organization's secret: who could until now, or this repository alone when it is new.
 * @returns what GitHub has to be told again at every write
 */
async function readersOf(
  github: GitHub,
  org: string,
  repo: string,
  { name: secret_name }: SecretPlace,
  existing: SecretMetadata | undefined,
): Promise<{ visibility?: string; selected_repository_ids?: number[] }> {
  if (existing === undefined) {
    const { id } = (await github.rest.repos.get({ owner: org, repo })).data;
    return { visibility: 'selected', selected_repository_ids: [id] };
  }
  if (existing.visibility !== 'selected') return existing.visibility ? { visibility: existing.visibility } : {};
  const list = github.rest.actions.listSelectedReposForOrgSecret;
  let total = Number.NaN;
  const ids = await github.paginate(list, { org, secret_name, per_page: 100 }, ({ data }) => {
    total = (data as { total_count?: number }).total_count ?? Number.NaN;
    return data.map(({ id }) => id);
  });
  // A repository that is missing here would lose the secret.
  if (ids.length !== total)
    throw new Error(`GitHub did not tell all repositories that read the secret ${secret_name}.`);
  return { visibility: 'selected', selected_repository_ids: ids };
}
