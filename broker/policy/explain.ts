import { type Condition, type Decision, decide, type Examined, type PolicyClaims } from './match.ts';
import type { Policy } from './schema.ts';

/** Explains a decision with every condition of every grant for the repository. */
export function explain(policy: Policy, claims: PolicyClaims, projectId: string | undefined) {
  const decision = decide(policy, claims, projectId);
  const lines = [...decision.examined.flatMap(describeGrant), verdict(decision, policy, claims)];
  return { allowed: decision.allowed, text: lines.join('\n') };
}

function describeGrant({ grant, conditions }: Examined): string[] {
  return [`Grant "${grant.name}":`, ...conditions.map(describeCondition), ''];
}

function describeCondition({ claim, actual, expected, holds }: Condition): string {
  const expectedText = expected.map((one) => JSON.stringify(one)).join(' or ');
  const actualText = actual === undefined ? 'missing' : JSON.stringify(actual);
  return holds ? `  ✓ ${claim}: ${actualText}` : `  ✗ ${claim}: ${actualText}, expected ${expectedText}`;
}

function verdict(decision: Decision, { owner_id }: Policy, { ownerId, repositoryId }: PolicyClaims): string {
  if (decision.allowed) {
    const { name, lifetime } = decision.grant;
    return `Allowed by the grant "${name}". The key is valid for ${lifetime} seconds.`;
  }
  if (decision.reason === 'foreign-owner') {
    return `Denied: repository_owner_id is ${ownerId}, but the policy requires ${owner_id}.`;
  }
  if (decision.reason === 'no-grant') return `Denied: no grant has repository_id ${repositoryId}.`;
  return 'Denied: no grant for this repository matches.';
}
