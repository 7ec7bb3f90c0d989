import { type Owner, ownerName } from './owner.ts';

/** Who is not managed: neither invited nor removed nor changed. */
export interface Exclusions {
  logins: ReadonlySet<string>;
  /** `org/team`. */
  teams: ReadonlySet<string>;
  emails: ReadonlySet<string>;
}

export function exclusionsOf(owners: Iterable<Owner>): Exclusions {
  const names = (kind: Owner['kind']) =>
    new Set([...owners].filter((owner) => owner.kind === kind).map((owner) => ownerName(owner).replace(/^@/, '')));
  return { logins: names('user'), teams: names('team'), emails: names('email') };
}
