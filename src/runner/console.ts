import { link } from './markdown.ts';

/** Where Neon itself serves its API and its Console. */
const consoleUrl = 'https://console.neon.tech';

/** The inputs of a step that determine which pages of the Console it is about. */
interface ConsoleInputs {
  operation: string;
  api_host: URL;
  org_id: string;
  project_id?: string | undefined;
  /** `account`: the step is about the personal keys of the owner of the key in use. */
  scope?: string | undefined;
}

/**
 * Links to the pages of the Neon Console that a step is about, as the last line of its summary. Neon does not document the
 * addresses. They are those in its CLI (`neon` 6.2.3: `/app/<organization>/…`, `/app/projects/<project>/…`), in the README
 * of `@neondatabase/api-client` (`/app/settings#api-keys`) and, for the API keys of an organization, in public articles.
 * @returns '' for an `api_host` other than Neon's: its Console may be anywhere
 */
export function consoleFooter({ operation, api_host, org_id, project_id, scope }: ConsoleInputs): string {
  if (api_host.origin !== consoleUrl) return '';
  const links = [scope === 'account' ? accountKeys : organizationPage(operation, org_id)];
  if (project_id !== undefined) links.push(link('project', `${consoleUrl}/app/projects/${project_id}`));
  return `\nIn the Neon Console: ${links.join(', ')}\n`;
}

const accountKeys = link('your API keys', `${consoleUrl}/app/settings#api-keys`);

function organizationPage(operation: string, id: string): string {
  const organization = `${consoleUrl}/app/${id}`;
  return /-keys?$/.test(operation)
    ? link('API keys', `${organization}/settings#api-keys`)
    : link('organization', `${organization}/projects`);
}
