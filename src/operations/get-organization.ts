import { shownWith } from '../lib/email.ts';
import { oneLine } from '../lib/text.ts';
import { code, facts, plain, time } from '../runner/markdown.ts';
import type { Operation } from './context.ts';

/** Reads the organization's details. */
export const getOrganization: Operation<'get-organization'> = async ({ show_emails }, { neon, info }) => {
  const shown = shownWith(show_emails);
  const organization = await neon.getOrganization();
  info(oneLine(`Organization ${organization.id} is on the plan ${organization.plan}.`));
  return {
    changed: false,
    outputs: {},
    json: { organization },
    summary: `### 🏢 ${plain(organization.name ?? '', shown)}\n\n${facts([
      ['Id', code(organization.id ?? '')],
      ['Handle', code(organization.handle ?? '', shown)],
      ['Plan', plain(organization.plan ?? '')],
      ['Managed by', plain(organization.managed_by ?? '')],
      [
        'MFA',
        organization.require_mfa === undefined ? 'unknown' : organization.require_mfa ? 'required' : 'not required',
      ],
      ['Created', time(organization.created_at ?? '')],
    ])}\n`,
  };
};
