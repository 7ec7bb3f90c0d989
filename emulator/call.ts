import type { PageEnd } from './faults.ts';
import type { Credential, NeonState, Organization } from './model.ts';

/** A request that may be answered: authenticated, with checked path parameters. */
export interface Call {
  state: NeonState;
  credential: Credential;
  params: Record<string, string>;
  query: URLSearchParams;
  /** The body as it came. */
  body: string;
  now: Date;
  randomToken: () => string;
  /** How the pages of a list end, where a fault asks for it. */
  pageEnd: PageEnd | undefined;
}

/** A request on an organization that its credential may send. */
export interface OrganizationCall extends Call {
  organization: Organization;
}
