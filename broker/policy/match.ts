import { conditionNames, type Grant, type Policy } from './schema.ts';

/** The claims of a verified ID token that a decision depends on. `sub` is never read. */
export interface PolicyClaims {
  repositoryId: number;
  ownerId: number;
  actor: string;
  actorId: string | undefined;
  /** The claims that `when` may name, without those that the token lacks. */
  conditions: Partial<Record<keyof Grant['when'], string>>;
}

/** One condition of a grant. */
export interface Condition {
  /** The claim's name, or `project_id` of the request. */
  claim: string;
  /** The caller's value; undefined if the token lacks the claim. */
  actual: string | undefined;
  /** The values that the grant allows. */
  expected: readonly string[];
  holds: boolean;
}

/** A grant with each of its conditions. */
export interface Examined {
  grant: Grant;
  conditions: Condition[];
}

/** `examined` contains only the grants for the caller's own repository. */
export type Decision = { examined: Examined[] } & (
  | { allowed: true; grant: Grant }
  | { allowed: false; reason: 'foreign-owner' | 'no-grant' | 'conditions-failed' }
);

/**
 * Decides whether a caller may mint a key for a project. Grants can only allow, so their order does not matter. If
 * several grants allow it, the longest lifetime applies.
 * @param projectId undefined: any project of the grant
 */
export function decide({ owner_id, grants }: Policy, claims: PolicyClaims, projectId: string | undefined): Decision {
  if (claims.ownerId !== owner_id) return { allowed: false, reason: 'foreign-owner', examined: [] };
  const examined = grants
    .filter(({ repository_id }) => repository_id === claims.repositoryId)
    .map((grant) => ({ grant, conditions: examine(grant, claims, projectId) }));
  const [first, ...others] = examined.filter(({ conditions }) => conditions.every(({ holds }) => holds));
  if (first) {
    return { allowed: true, grant: others.reduce((best, { grant }) => preferred(best, grant), first.grant), examined };
  }
  return { allowed: false, reason: examined.length > 0 ? 'conditions-failed' : 'no-grant', examined };
}

function preferred(one: Grant, other: Grant): Grant {
  if (one.lifetime !== other.lifetime) return one.lifetime > other.lifetime ? one : other;
  return one.name <= other.name ? one : other;
}

const dependabot = { login: 'dependabot[bot]', id: '49699333' };

function examine(grant: Grant, claims: PolicyClaims, projectId: string | undefined): Condition[] {
  const isDependabot = claims.actor === dependabot.login || claims.actorId === dependabot.id;
  return [
    ...(projectId === undefined ? [] : [condition('project_id', projectId, grant.projects)]),
    ...conditionNames.flatMap((name) => {
      const wanted = grant.when[name];
      return wanted === undefined ? [] : [condition(name, claims.conditions[name], [wanted].flat())];
    }),
    ...(isDependabot && !grant.dependabot
      ? [{ claim: 'actor', actual: claims.actor, expected: ['anyone but dependabot[bot]'], holds: false }]
      : []),
  ];
}

function condition(claim: string, actual: string | undefined, expected: readonly string[]): Condition {
  const matches = claim === 'ref' ? matchesRef : (value: string, wanted: string) => value === wanted;
  return { claim, actual, expected, holds: actual !== undefined && expected.some((one) => matches(actual, one)) };
}

/**
 * `*` matches one or more characters other than `/`. All other characters match themselves. The time is at most
 * proportional to the product of the lengths, because anyone who can push a branch chooses its name.
 */
export function matchesRef(ref: string, pattern: string): boolean {
  // matched[n]: the first n characters of the pattern match what has been read of the ref.
  let matched = [true, ...Array<boolean>(pattern.length).fill(false)];
  for (const character of ref.split('')) {
    const before = matched;
    matched = before.map((mayRepeat, n) => {
      const mayBegin = before[n - 1] === true;
      return pattern[n - 1] === '*'
        ? character !== '/' && (mayBegin || mayRepeat)
        : mayBegin && pattern[n - 1] === character;
    });
  }
  return matched[pattern.length] === true;
}
