import { z } from 'zod';
import { parseApiUrl, withoutTrailingSlash } from '../../src/lib/api-url.ts';

/** The only events that a grant may name, because outsiders can trigger most others on the default branch. */
const allowedEvents = ['push', 'pull_request', 'merge_group', 'workflow_dispatch', 'schedule', 'release'] as const;

const maxLifetimeSeconds = 6 * 60 * 60;
const secondsByUnit: Record<string, number> = { s: 1, m: 60, h: 60 * 60 };

/** GitHub's numeric IDs. A larger number would lose digits. */
const githubId = z.int().positive();
/** `org_id` and `project_id` in Neon's OpenAPI document. */
const neonId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'must be 1 to 60 characters of a-z, 0-9 and -');
const shortText = z.string().regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]{1,100}$/u, 'must be 1 to 100 printable characters');
const claimText = z.string().regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]{1,500}$/u, 'must be 1 to 500 printable characters');
const ref = claimText.regex(/^refs\//, 'must be a full ref, such as refs/heads/main');
const workflow = claimText.regex(
  /^[^/@]+\/[^/@]+\/.+@.+$/,
  'must be owner/repository/path@ref, such as acme/workflows/.github/workflows/test.yml@refs/heads/main',
);

/** One value, or a list of values of which one must match. */
function oneOrMore<T extends z.ZodType>(value: T) {
  return z.union([value, z.array(value).min(1)]);
}

const conditions = z.strictObject({
  event_name: oneOrMore(z.enum(allowedEvents)).meta({ description: 'The events whose jobs may request keys.' }),
  ref: oneOrMore(ref).meta({
    description: 'Full refs. `*` matches one or more characters other than `/`.',
  }),
  environment: oneOrMore(claimText)
    .optional()
    .meta({ description: 'The environment of the job. It protects only if it has branch rules or reviewers.' }),
  workflow_ref: oneOrMore(workflow)
    .optional()
    .meta({ description: 'The workflow file. It does not protect if the author of a change can edit it.' }),
  job_workflow_ref: oneOrMore(workflow)
    .optional()
    .meta({ description: 'The reusable workflow that defines the job. It protects if it is in another repository.' }),
  runner_environment: oneOrMore(z.enum(['github-hosted', 'self-hosted'])).optional(),
  repository_visibility: oneOrMore(z.enum(['public', 'private', 'internal'])).optional(),
});

const lifetime = z
  .string()
  .regex(/^[1-9][0-9]{0,4}[smh]$/, 'must be a number followed by s, m or h, such as 30m')
  .transform((text) => Number(text.slice(0, -1)) * (secondsByUnit[text.slice(-1)] ?? 0))
  .refine((seconds) => seconds <= maxLifetimeSeconds, 'must be at most 6h');

const grantSchema = z.strictObject({
  name: shortText.meta({ description: 'A label for people, shown in the audit log and in denials.' }),
  repository: z
    .string()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, 'must be owner/name')
    .meta({ description: 'A label for people. Only `repository_id` is compared with the ID token.' }),
  repository_id: githubId.meta({ description: 'The ID of the repository: gh api repos/OWNER/NAME --jq .id' }),
  projects: z.array(neonId).min(1).meta({ description: 'The Neon projects for which keys may be requested.' }),
  lifetime: lifetime.default(60 * 60).meta({ description: 'How long a key is valid, at most 6h.', default: '1h' }),
  dependabot: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether runs that dependabot[bot] started may request keys.' }),
  when: conditions.meta({ description: 'The conditions, all of which must match.' }),
});

export const policySchema = z.strictObject({
  organization: neonId.meta({ description: 'The ID of the Neon organization.' }),
  audience: z
    .string()
    .refine(isBrokerUrl, 'must be the broker_url: an https URL without user, query or fragment (http on loopback only)')
    .transform(withoutTrailingSlash)
    .meta({ description: 'The `broker_url` of the workflows. A slash at its end is ignored.' }),
  owner_id: githubId.meta({
    description: 'The ID of the GitHub organization or user that owns the repositories: gh api users/OWNER --jq .id',
  }),
  grants: z
    .array(grantSchema)
    .refine(haveUniqueNames, 'must have different names')
    .meta({ description: 'Which jobs may request keys. With an empty list, no job can.' }),
});

export type Policy = z.output<typeof policySchema>;
export type Grant = Policy['grants'][number];

/** The conditions of a grant, in their order in messages. */
export const conditionNames = Object.keys(conditions.shape) as (keyof Grant['when'])[];

/** @returns the JSON Schema of the policy file, for editors */
export function policyJsonSchema(): object {
  return { title: 'Policy of the Neon key broker', ...z.toJSONSchema(policySchema, { io: 'input' }) };
}

function isBrokerUrl(text: string): boolean {
  try {
    parseApiUrl(text);
    return !/\s/.test(text);
  } catch {
    return false;
  }
}

function haveUniqueNames(grants: { name: string }[]): boolean {
  return new Set(grants.map(({ name }) => name)).size === grants.length;
}
