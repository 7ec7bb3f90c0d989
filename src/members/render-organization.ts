import { shownWith } from '../lib/email.ts';
import { oneLine } from '../lib/text.ts';
import type { Organization } from '../neon/endpoints.ts';
import { code, facts, plain, time } from '../runner/markdown.ts';
import type { Result } from '../runner/result.ts';

/** One line for the log. */
export function organizationText({ id, plan }: Organization): string {
  return oneLine(`Organization ${id} is on the plan ${plan}.`);
}

/** The result of `get-organization`. */
export function organizationResult(organization: Organization, showEmails: boolean): Result {
  const shown = shownWith(showEmails);
  const { id = '', handle = '', name = '', plan = '', managed_by = '', require_mfa, created_at = '' } = organization;
  const rows = facts([
    ['ID', code(id)],
    ['Handle', code(handle, shown)],
    ['Plan', plain(plan)],
    ['Managed by', plain(managed_by)],
    ['MFA', require_mfa === undefined ? 'unknown' : require_mfa ? 'required' : 'not required'],
    ['Created', time(created_at)],
  ]);
  return {
    changed: false,
    outputs: {},
    json: { organization },
    summary: `### 🏢 ${plain(name, shown)}\n\n${rows}\n`,
  };
}
