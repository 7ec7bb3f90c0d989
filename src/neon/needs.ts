// Permissions: Neon documentation, "Manage API keys" (June 2026), "who can create" and "Who can revoke keys".

/** The kind of key that a request needs, as the object of a sentence. */
export const needs = {
  admin: 'the personal API key of an organization admin',
  member:
    'a personal API key of a member of the organization, or an organization API key that is not scoped to a project',
  personal: 'a personal API key',
  active: 'an active key',
} as const;

/** What to check after a 404 for the organization. */
export const checkOrganization =
  'Check `org_id`: this organization does not exist, or the owner of the key is not in it.';
