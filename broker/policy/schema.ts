import { z } from 'zod';
import { parseApiUrl } from '../../src/lib/api-url.ts';

/** The only events a grant may name: outsiders can trigger most others on the default branch. */
const allowedEvents = ['push', 'pull_request', 'merge_group', 'workflow_dispatch', 'schedule', 'release'] as const;

const maxLifetimeSeconds = 6 * 60 * 60;
const secondsByUnit: Record<string, number> = { s: 1, m: 60, h: 60 * 60 };

/** GitHub's numeric ids; a larger number has lost digits when it was read. */
const githubId = z.int().positive();
/** `org_id` and `project_id` in Neon's OpenAPI document. */
const neonId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'must be 1 to 60 of a-z, 0-9 and -');
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
  event_name: oneOrMore(z.enum(allowedEvents)).meta({ description: 'The events that may mint.' }),
  ref: oneOrMore(ref).meta({
    description: 'Full refs. `*` stands for one or more characters other than `/`.',
  }),
  environment: oneOrMore(claimText)
    .optional()
    .meta({ description: 'The environment of the job. Only its branch rules or reviewers protect it.' }),
  workflow_ref: oneOrMore(workflow)
    .optional()
    .meta({ description: 'The workflow file. No barrier where the author of a change can edit it.' }),
  job_workflow_ref: oneOrMore(workflow)
    .optional()
    .meta({ description: 'The reusable workflow that runs the job. A barrier when it is in another repository.' }),
  runner_environment: oneOrMore(z.enum(['github-hosted', 'self-hosted'])).optional(),
  repository_visibility: oneOrMore(z.enum(['public', 'private', 'internal'])).optional(),
});

const lifetime = z
  .string()
  .regex(/^[1-9][0-9]{0,4}[smh]$/, 'must be a number with s, m or h, such as 30m')
  .transform((text) => Number(text.slice(0, -1)) * (secondsByUnit[text.slice(-1)] ?? 0))
  .refine((seconds) => seconds <= maxLifetimeSeconds, 'must be at most 6h');

const grantSchema = z.strictObject({
  name: shortText.meta({ description: 'For people: shown in the audit log and in denials.' }),
  repository: z
    .string()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, 'must be owner/name')
    .meta({ description: 'For people. `repository_id` is what is checked.' }),
  repository_id: githubId.meta({ description: 'The id of the repository: gh api repos/OWNER/NAME --jq .id' }),
  projects: z.array(neonId).min(1).meta({ description: 'The Neon projects that keys may be minted for.' }),
  lifetime: lifetime.default(60 * 60).meta({ description: 'How long a key is valid: at most 6h.', default: '1h' }),
  dependabot: z.boolean().default(false).meta({ description: 'Whether runs that dependabot[bot] started may mint.' }),
  when: conditions.meta({ description: 'All conditions must hold.' }),
});

export const policySchema = z.strictObject({
  organization: neonId.meta({ description: 'The id of the Neon organization.' }),
  audience: z
    .string()
    .refine(isBrokerUrl, 'must be the whole broker_url: https, without user, query or fragment; http on loopback only')
    .meta({ description: 'The whole broker_url.' }),
  owner_id: githubId.meta({
    description: 'The id of the GitHub organization or user that owns the repositories: gh api users/OWNER --jq .id',
  }),
  grants: z
    .array(grantSchema)
    .refine(haveUniqueNames, 'must have a different name each')
    .meta({ description: 'Grants only allow. An empty list stops all minting.' }),
});

export type Policy = z.output<typeof policySchema>;
export type Grant = Policy['grants'][number];

/** The conditions of a grant, in the order in which they are shown. */
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
