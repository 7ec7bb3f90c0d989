import type { GitHub } from './client.ts';
import { isMissing } from './errors.ts';
import type { Repository } from './run.ts';

/** The place of a GitHub Actions secret. */
export interface SecretPlace {
  /** Letters, digits and `_`. GitHub ignores case. */
  name: string;
  scope: 'repository' | 'environment' | 'organization';
  /** The name of the environment, for the scope `environment`. */
  environment?: string | undefined;
}

/** A secret of GitHub Actions. Its value can be written, but not read. All methods throw GitHubError. */
export interface Secret {
  /** When it was last written (ISO 8601, whole seconds); undefined if GitHub shows no such secret. */
  updatedAt(): Promise<string | undefined>;
  /** Reads what writing requires, which fails without access to secrets. The permission to write them is not checked. */
  prepare(): Promise<Seal>;
  /**
   * Deletes it. A 404 counts only if the complete list of secrets does not contain it.
   * @returns whether it existed
   */
  remove(): Promise<boolean>;
}

/** Seals a value with GitHub's public key. @returns a function that writes the value and can be called again */
export type Seal = (value: string) => () => Promise<void>;

const routes: Record<SecretPlace['scope'], string> = {
  repository: '/repos/{owner}/{repo}/actions/secrets',
  environment: '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
  organization: '/orgs/{org}/actions/secrets',
};
// GitHub documentation, "Permissions required for fine-grained personal access tokens".
const permissions: Record<SecretPlace['scope'], string> = {
  repository: '"Secrets: read and write" on the repository',
  environment: '"Environments: read and write" on the repository',
  organization: '"Secrets: read and write" on the organization',
};
const permissionSource =
  ', which a GitHub App or a fine-grained token can have; the GITHUB_TOKEN of a job never has it';

/** @param repository the repository that has the secret, or whose owner has it */
export function secretAt(github: GitHub, repository: Repository, place: SecretPlace): Secret {
  return new ActionsSecret(github, repository, place);
}

interface PublicKey {
  key_id: string;
  key: string;
}

interface SecretMetadata {
  name: string;
  updated_at: string;
  visibility?: string;
}

class ActionsSecret implements Secret {
  private readonly github: GitHub;
  private readonly repository: Repository;
  private readonly place: SecretPlace;
  private readonly route: string;
  /** The parameters of requests about the place. */
  private readonly parameters: Record<string, unknown>;
  /** The parameters of requests about the secret. */
  private readonly named: Record<string, unknown>;

  constructor(github: GitHub, repository: Repository, place: SecretPlace) {
    const { owner, repo } = repository;
    this.github = github;
    this.repository = repository;
    this.place = place;
    this.route = routes[place.scope];
    this.parameters = {
      ...(place.scope === 'organization' ? { org: owner } : { owner, repo }),
      ...(place.scope === 'environment' ? { environment_name: place.environment } : {}),
      request: { needs: permissions[place.scope] + permissionSource },
    };
    this.named = { ...this.parameters, secret_name: place.name };
  }

  async updatedAt(): Promise<string | undefined> {
    return (await this.metadata())?.updated_at;
  }

  async prepare(): Promise<Seal> {
    const { key_id, key } = await this.publicKey();
    if (typeof key_id !== 'string' || typeof key !== 'string')
      throw new Error('GitHub did not return the public key that encrypts the secret. Run this job again.');
    const readers = this.place.scope === 'organization' ? await this.readers() : {};
    const { sealer } = await import('./seal.ts');
    const seal = sealer(key);
    return (value) => {
      const body = { ...readers, key_id, encrypted_value: seal(value) };
      return async () => {
        await this.github.request(`PUT ${this.route}/{secret_name}`, { ...this.named, ...body });
      };
    };
  }

  async remove(): Promise<boolean> {
    try {
      await this.github.request(`DELETE ${this.route}/{secret_name}`, this.named);
      return true;
    } catch (error) {
      if (!isMissing(error)) throw error;
      if ((await this.listed()) !== undefined) throw error;
      // If the response to an earlier attempt was lost, that attempt deleted the secret.
      return error.facts.maybeDone === true;
    }
  }

  private async metadata(): Promise<SecretMetadata | undefined> {
    try {
      return (await this.github.request(`GET ${this.route}/{secret_name}`, this.named)).data as SecretMetadata;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private async publicKey(): Promise<Partial<PublicKey>> {
    return (await this.github.request(`GET ${this.route}/public-key`, this.parameters)).data as Partial<PublicKey>;
  }

  /**
   * Reads which repositories can use an organization's secret. A new secret is for this repository only.
   * @returns the fields that every write must repeat
   */
  private async readers(): Promise<{ visibility?: string; selected_repository_ids?: number[] }> {
    const existing = (await this.metadata()) ?? (await this.listed());
    if (existing === undefined) {
      const { id } = (await this.github.rest.repos.get(this.repository)).data;
      return { visibility: 'selected', selected_repository_ids: [id] };
    }
    if (existing.visibility !== 'selected') return existing.visibility ? { visibility: existing.visibility } : {};
    const ids = await this.readAll({
      route: 'GET /orgs/{org}/actions/secrets/{secret_name}/repositories',
      parameters: this.named,
      field: 'repositories',
      list: `repositories that can read the secret ${this.place.name}`,
      keyOf: ({ id }) => id,
    });
    return { visibility: 'selected', selected_repository_ids: [...ids.keys()] as number[] };
  }

  /** Looks the secret up in the list of all secrets, because a 404 for a single secret may be temporary. */
  private async listed(): Promise<SecretMetadata | undefined> {
    const secrets = await this.readAll({
      route: `GET ${this.route}`,
      parameters: this.parameters,
      field: 'secrets',
      list: `${this.place.scope} secrets`,
      keyOf: ({ name }) => String(name).toUpperCase(),
    });
    return secrets.get(this.place.name.toUpperCase()) as SecretMetadata | undefined;
  }

  /**
   * Reads a list until a page is not full, because a link to the next page can be lost.
   * @returns the rows by their key
   * @throws Error if GitHub's count differs from the number of rows
   */
  private async readAll({ route, parameters, field, list, keyOf }: WholeList): Promise<Map<unknown, Row>> {
    const rows = new Map<unknown, Row>();
    for (let page = 1; ; page += 1) {
      const paged = { ...parameters, per_page: rowsPerSecretsPage, page };
      const data = (await this.github.request(route, paged)).data as Row;
      const found = data[field];
      if (!Array.isArray(found)) throw incompleteList(list);
      const before = rows.size;
      for (const row of found as Row[]) rows.set(keyOf(row), row);
      if (found.length === rowsPerSecretsPage && rows.size > before) continue;
      if (rows.size === data['total_count']) return rows;
      throw incompleteList(list);
    }
  }
}

type Row = Record<string, unknown>;

interface WholeList {
  route: string;
  parameters: Record<string, unknown>;
  /** The field of the response that contains the rows. */
  field: string;
  /** The name of the list in an error. */
  list: string;
  /** What identifies a row. */
  keyOf: (row: Row) => unknown;
}

function incompleteList(list: string): Error {
  return new Error(`GitHub's list of the ${list} is incomplete. Run this job again.`);
}

/** GitHub's largest page. */
const rowsPerSecretsPage = 100;
