import type { PageEnd } from './faults.ts';
import type { Credential, NeonState, Organization } from './model.ts';

/** An authenticated request with valid path parameters. */
export interface Call {
  state: NeonState;
  credential: Credential;
  params: Record<string, string>;
  query: URLSearchParams;
  /** The unparsed body. */
  body: string;
  now: Date;
  randomToken: () => string;
  /** How the pages of a list end, if a fault determines it. */
  pageEnd: PageEnd | undefined;
}

/** A permitted request about an organization. */
export interface OrganizationCall extends Call {
  organization: Organization;
}
