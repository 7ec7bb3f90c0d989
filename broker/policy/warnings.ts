import type { Grant, Policy } from './schema.ts';

/** A valid grant that allows more, or less, than it may seem to. */
export interface PolicyWarning {
  code: WarningCode;
  grant: string;
}

type WarningCode = keyof typeof rules;

/** Whether a grant is worth a warning, by the warning's code. */
const rules = {
  'never-matches': ({ when }: Grant) =>
    !values(when.event_name).some((event) => values(when.ref).some((ref) => canHaveRef(event, ref))),
  'merged-only': ({ when }: Grant) =>
    values(when.event_name).includes('pull_request') && !values(when.ref).some((ref) => ref.startsWith('refs/pull/')),
  'forks-by-settings': ({ when }: Grant) => values(when.event_name).includes('pull_request'),
  'any-branch': ({ when }: Grant) => values(when.ref).some(isAnyBranchOrTag) && !isProtected(when),
  'editable-workflow': ({ when }: Grant) => when.workflow_ref !== undefined && !isProtected(when),
  'own-workflow': ({ repository, when }: Grant) =>
    values(when.job_workflow_ref).some((workflow) => workflow.toLowerCase().startsWith(`${repository.toLowerCase()}/`)),
  'unprotected-environment': ({ when }: Grant) => when.environment !== undefined,
  'dependabot-code': ({ dependabot }: Grant) => dependabot,
  'long-lifetime': ({ lifetime }: Grant) => lifetime > 60 * 60,
} satisfies Record<string, (grant: Grant) => boolean>;

/** @returns at most one warning of each kind for each grant */
export function findWarnings({ grants }: Policy): PolicyWarning[] {
  return grants.flatMap((grant) =>
    (Object.keys(rules) as WarningCode[])
      .filter((code) => rules[code](grant))
      .map((code) => ({ code, grant: grant.name })),
  );
}

const texts: Record<WarningCode, string> = {
  'never-matches': 'never matches, because its events do not have these refs.',
  'merged-only':
    'allows pull_request only after a merge, when the ref is the base branch. The ref of an open pull request is refs/pull/NUMBER/merge.',
  'forks-by-settings':
    'allows pull_request. No claim contains the head repository of a pull request, so only the fork settings of GitHub can exclude forks.',
  'any-branch':
    'allows several branches or tags without environment or job_workflow_ref, so anyone who can push to the repository can get a key.',
  'editable-workflow':
    'relies on workflow_ref, which does not protect if the author of a change can edit the workflow file. Use job_workflow_ref in another repository.',
  'own-workflow':
    'names a job_workflow_ref in its own repository, which does not protect if the author of a change can edit it.',
  'unprotected-environment':
    'relies on environment. Any workflow can create an environment, so it protects only if it has branch rules or reviewers.',
  'dependabot-code': 'allows Dependabot, so jobs with a key can run the code of updated dependencies.',
  'long-lifetime': 'allows keys that are valid for more than 1 hour.',
};

/** The warning as a sentence. */
export function describeWarning({ code, grant }: PolicyWarning): string {
  return `The grant "${grant}" ${texts[code]}`;
}

function values(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}

function isAnyBranchOrTag(ref: string): boolean {
  return /^refs\/(heads|tags)\/.*\*/.test(ref);
}

/** GitHub's documentation, "Events that trigger workflows" and "Variables": GITHUB_REF of each event. */
function canHaveRef(event: string, ref: string): boolean {
  // After a merge, the ref is the branch that the pull request was merged into.
  if (event === 'pull_request') return /^refs\/(pull|heads)\//.test(ref);
  if (event === 'release') return ref.startsWith('refs/tags/');
  if (event === 'schedule' || event === 'merge_group') return ref.startsWith('refs/heads/');
  return /^refs\/(heads|tags)\//.test(ref);
}

/** Whether the grant depends on something that the author of a change may not be able to edit. */
function isProtected({ environment, job_workflow_ref }: Grant['when']): boolean {
  return environment !== undefined || job_workflow_ref !== undefined;
}
