import type { GitHub } from './client.ts';
import { isMissing } from './errors.ts';
import type { Repository } from './run.ts';

/** The place of a GitHub Actions secret. */
export interface SecretPlace {
  /** Letters, digits and `_`. GitHub ignores the case. */
  name: string;
  scope: 'repository' | 'environment' | 'organization';
  /** The name of the environment, for the scope `environment`. */
  environment?: string | undefined;
}

/** A secret of GitHub Actions. Its value can be written, but not read. All methods throw GitHubError. */
export interface Secret {
  /** When it was last written (ISO 8601, whole seconds); undefined if GitHub shows no such secret. */
  updatedAt(): Promise<string | undefined>;
  /** Reads what storing requires, so that a missing permission is found before there is a value. */
  prepare(): Promise<Seal>;
  /**
   * Deletes it. A 404 counts only if the token can still see the place of the secret.
   * @returns whether it existed
   */
  remove(): Promise<boolean>;
}

/** Seals a value for GitHub's public key. @returns a function that writes it, and can be repeated */
export type Seal = (value: string) => () => Promise<void>;

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
const permissionSource =
  ', which a GitHub App or a fine-grained token can be given; the GITHUB_TOKEN of a job never has it';

/** @param repository the repository that has the secret, or whose owner has it */
export function secretAt(github: GitHub, { owner, repo }: Repository, place: SecretPlace): Secret {
  const route = routes[place.scope];
  const request = { needs: permissions[place.scope] + permissionSource };
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
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** A 404 can be momentary, and an existing secret that is taken for a new one is lost to its other readers. */
  const existing = async () => (await metadata()) ?? (await metadata());
  const publicKey = async () =>
    (await github.request(`GET ${route}/public-key`, parameters)).data as Partial<PublicKey>;

  return {
    updatedAt: async () => (await metadata())?.updated_at,

    async prepare() {
      const { key_id, key } = await publicKey();
      if (typeof key_id !== 'string' || typeof key !== 'string') {
        throw new Error('GitHub did not return the public key that encrypts the secret. Run this job again.');
      }
      const readers =
        place.scope === 'organization' ? await readersOf(github, owner, repo, place, await existing()) : {};
      const { sealer } = await import('./seal.ts');
      const seal = sealer(key);
      return (value) => {
        const body = { ...readers, key_id, encrypted_value: seal(value) };
        return async () => {
          await github.request(`PUT ${route}/{secret_name}`, { ...named, ...body });
        };
      };
    },

    async remove() {
      try {
        await github.request(`DELETE ${route}/{secret_name}`, named);
        return true;
      } catch (error) {
        if (!isMissing(error)) throw error;
        if ((await metadata()) !== undefined) throw error;
        await publicKey();
        // If the response to an earlier attempt was lost, that attempt deleted the secret.
        return error.facts.maybeDone === true;
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
 * Reads which repositories can use an organization's secret: a new secret is for this repository only.
 * @returns the fields that every write has to repeat
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
  // A repository that is missing from the list would lose access to the secret.
  if (ids.length !== total)
    throw new Error(
      `GitHub's list of the repositories that can read the secret ${secret_name} is incomplete. Run this job again.`,
    );
  return { visibility: 'selected', selected_repository_ids: ids };
}
