import { organizationResult, organizationText } from '../members/render-organization.ts';
import type { Operation } from './context.ts';

/** Reads the organization's details. */
export const getOrganization: Operation<'get-organization'> = async ({ show_emails }, { neon, info }) => {
  const organization = await neon.getOrganization();
  info(organizationText(organization));
  return organizationResult(organization, show_emails);
};
