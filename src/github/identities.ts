import type { GitHub } from './client.ts';
import { GitHubError } from './errors.ts';
import { membersPermission } from './teams.ts';

/** A source of e-mail addresses on GitHub. */
export type AddressSource = 'saml' | 'verified-domain' | 'profile';

/** A GitHub account. */
export interface GitHubAccount {
  /** The numeric ID of the account. */
  id: number;
  /** By source. Sources that were not requested, or have no address, are missing. */
  addresses: Partial<Record<AddressSource, string[]>>;
}

export interface GitHubAccounts {
  /** By login in lower case. Requested logins that are missing do not exist, or are not people. */
  found: Map<string, GitHubAccount>;
  /** Sources that cannot be used, and why. */
  unusable: Map<AddressSource, Unusable>;
}

/** `no-provider`: SAML is not set up, is set up for the enterprise, or is not visible to the token. */
export type Unusable = { code: 'refused'; message: string } | { code: 'no-provider' };

/** Far below GitHub's limit of 500,000 nodes per query. */
const accountsPerQuery = 100;

/**
 * Reads accounts by login, with one request per 100 logins, regardless of the number of sources.
 * @param logins in lower case; letters, digits, hyphens and underscores
 * @throws GitHubError, and Error if the response lacks anything that was requested: missing does not mean empty
 */
export async function findAccounts(
  github: GitHub,
  organization: string,
  logins: readonly string[],
  sources: readonly AddressSource[],
): Promise<GitHubAccounts> {
  const accounts: GitHubAccounts = { found: new Map(), unusable: new Map() };
  for (let start = 0; start < logins.length; start += accountsPerQuery) {
    const batch = logins.slice(start, start + accountsPerQuery);
    for (;;) {
      const usable = sources.filter((source) => !accounts.unusable.has(source));
      const response = await fetchBatch(github, organization, batch, usable);
      // GitHub omits the whole account if one source is refused, so the other sources are requested again without it.
      const refused = noteRefusals(response, accounts.unusable);
      if (refused) continue;
      if (!response.data) throw noData();
      readBatch(batch, response, usable, accounts);
      break;
    }
  }
  return accounts;
}

interface GraphqlResponse {
  data: Record<string, unknown>;
  errors: { type?: string; path?: (string | number)[]; message: string }[];
}

interface UserNode {
  databaseId: number;
  email?: unknown;
  organizationVerifiedDomainEmails?: unknown;
}

interface IdentityNode {
  nodes?: (Identity | null)[] | null;
}

interface Identity {
  user?: { login: string } | null;
  samlIdentity?: { nameId?: string | null; emails?: { value: string }[] | null } | null;
}

async function fetchBatch(
  github: GitHub,
  organization: string,
  logins: readonly string[],
  sources: readonly AddressSource[],
): Promise<GraphqlResponse> {
  const variables = Object.fromEntries(logins.map((login, i) => [`l${i}`, login]));
  try {
    const options = { ...variables, organization, request: { needs: membersPermission } };
    const data = (await github.graphql(queryFor(logins.length, sources), options)) as
      | GraphqlResponse['data']
      | undefined;
    if (typeof data !== 'object') throw noData();
    return { data, errors: [] };
  } catch (error) {
    const { name, data, errors } = error as { name?: string } & Partial<GraphqlResponse>;
    // GitHub returns what it can, and errors for the rest.
    if (name === 'GraphqlResponseError' && data && errors) return { data, errors };
    throw error;
  }
}

function noData(): Error {
  return new Error("GitHub's GraphQL API returned no data. Run this job again.");
}

function queryFor(count: number, sources: readonly AddressSource[]): string {
  const each = (line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join('\n');
  const profile = sources.includes('profile') ? ' email' : '';
  const verified = sources.includes('verified-domain') ? ' organizationVerifiedDomainEmails(login: $organization)' : '';
  const saml = sources.includes('saml')
    ? `organization(login: $organization) { samlIdentityProvider { ${each(
        (i) =>
          `i${i}: externalIdentities(first: 1, login: $l${i}) { nodes { user { login } samlIdentity { nameId emails { value } } } }`,
      )} } }`
    : '';
  const used = verified || saml ? ', $organization: String!' : '';
  return `query(${Array.from({ length: count }, (_, i) => `$l${i}: String!`).join(', ')}${used}) {
${each((i) => `u${i}: user(login: $l${i}) { databaseId${profile}${verified} }`)}
${saml}
}`;
}

/**
 * Records the sources that a response refuses.
 * @returns whether a source was refused that was not refused before, so the batch must be requested again without it
 * @throws Error for an error that is neither a refusal nor a missing account
 */
function noteRefusals({ errors }: GraphqlResponse, unusable: Map<AddressSource, Unusable>): boolean {
  let refused = false;
  for (const { type, path = [], message } of errors) {
    const source = sourceAt(path);
    const isMissing = type === 'NOT_FOUND' && path.length === 1 && /^u\d+$/.test(String(path[0]));
    if (isMissing) continue;
    if (source === undefined || !isSourceRefusal(type))
      throw new Error(`GitHub's GraphQL API returned ${type ?? 'an error'}: "${message}". Run this job again.`);
    refused ||= !unusable.has(source);
    unusable.set(source, { code: 'refused', message });
  }
  return refused;
}

function sourceAt(path: (string | number)[]): AddressSource | undefined {
  if (path[0] === 'organization') return 'saml';
  if (path.includes('organizationVerifiedDomainEmails')) return 'verified-domain';
  return path.includes('email') ? 'profile' : undefined;
}

function isSourceRefusal(type: string | undefined): boolean {
  return type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES' || type === 'NOT_FOUND';
}

function readBatch(
  batch: readonly string[],
  { data }: GraphqlResponse,
  sources: readonly AddressSource[],
  accounts: GitHubAccounts,
): void {
  const provider = (data['organization'] as { samlIdentityProvider?: Record<string, IdentityNode> } | null | undefined)
    ?.samlIdentityProvider;
  if (sources.includes('saml') && !provider) {
    accounts.unusable.set('saml', { code: 'no-provider' });
  }
  for (const [i, login] of batch.entries()) {
    const user = data[`u${i}`] as UserNode | null | undefined;
    if (user === undefined)
      throw new Error(`GitHub's GraphQL API did not return the account ${login}. Run this job again.`);
    if (user === null) continue;
    if (!Number.isSafeInteger(user.databaseId)) throw lacking('the numeric ID', login);
    const usable = sources.filter((source) => !accounts.unusable.has(source));
    accounts.found.set(login, {
      id: user.databaseId,
      addresses: addressesOf(login, user, provider?.[`i${i}`], usable),
    });
  }
}

function addressesOf(
  login: string,
  user: UserNode,
  identities: IdentityNode | undefined,
  sources: readonly AddressSource[],
): GitHubAccount['addresses'] {
  const read: Record<AddressSource, () => string[]> = {
    saml: () => samlAddresses(login, identities),
    'verified-domain': () => verifiedAddresses(login, user),
    profile: () => profileAddresses(login, user),
  };
  const found = sources.map((source) => [source, read[source]()] as const);
  return Object.fromEntries(found.filter(([, emails]) => emails.length > 0));
}

function samlAddresses(login: string, identities: IdentityNode | undefined): string[] {
  if (!Array.isArray(identities?.nodes)) throw lacking('the SAML identity', login);
  // An identity counts only if it names this user.
  const own = identities.nodes.find((identity) => identity?.user?.login.toLowerCase() === login);
  const { nameId, emails } = own?.samlIdentity ?? {};
  return emails?.length ? emails.map(({ value }) => value) : nameId ? [nameId] : [];
}

function verifiedAddresses(login: string, { organizationVerifiedDomainEmails: emails }: UserNode): string[] {
  if (!Array.isArray(emails)) throw lacking('the addresses in verified domains', login);
  return emails.filter((email) => typeof email === 'string');
}

function profileAddresses(login: string, { email }: UserNode): string[] {
  if (typeof email !== 'string') throw lacking('the public address', login);
  return email === '' ? [] : [email];
}

function lacking(what: string, login: string): Error {
  return new Error(`GitHub's GraphQL API did not return ${what} of the account ${login}. Run this job again.`);
}

/**
 * Finds which names belong to GitHub Apps: the account of the app `dependabot` is `dependabot[bot]`.
 * @returns the names of apps; a name that could not be looked up is not among them
 */
export async function findApps(github: GitHub, names: readonly string[]): Promise<Set<string>> {
  const apps = new Set<string>();
  for (const name of names) {
    try {
      const { data } = await github.request('GET /users/{username}', { username: `${name}[bot]` });
      if (data?.type === 'Bot') apps.add(name);
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error;
    }
  }
  return apps;
}
