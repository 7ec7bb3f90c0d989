/** What GitHub's form for a release with a Marketplace listing reads from action.yml. */
export interface ActionMetadata {
  name?: string;
  description?: string;
  author?: string;
  branding?: { icon?: string; color?: string };
}

/** Source: https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#branding */
const COLORS = ['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark'];

/** Feather icons that the Marketplace does not offer. Same source. */
const OMITTED_ICONS =
  'coffee columns divide-circle divide-square divide frown hexagon key meh mouse-pointer smile tool x-octagon'.split(
    ' ',
  );

/** The form refuses a description of 125 characters or more. GitHub does not document this limit. */
const DESCRIPTION_LIMIT = 125;

/**
 * The checks of GitHub's release form that can be made without GitHub. Not among them: whether the name is free, and
 * whether the icon is one of Feather 4.28.
 * @returns one text for each problem
 */
export function marketplaceProblems({ name, description, author, branding }: ActionMetadata): string[] {
  const problems: string[] = [];
  const length = description?.trim().length ?? 0;
  if (!isOneLine(name)) problems.push('`name` in action.yml must be one line of text.');
  if (!isOneLine(author)) problems.push('`author` in action.yml must be one line of text.');
  if (length === 0 || length >= DESCRIPTION_LIMIT) {
    const limit = `1 to ${DESCRIPTION_LIMIT - 1} characters`;
    problems.push(`\`description\` in action.yml has ${length} characters. The Marketplace accepts ${limit}.`);
  }
  const icon = branding?.icon ?? '';
  if (!/^[a-z]+(-[a-z]+|-\d)*$/.test(icon) || OMITTED_ICONS.includes(icon)) {
    problems.push('`branding.icon` in action.yml must be a Feather icon that the Marketplace offers, such as `lock`.');
  }
  if (!COLORS.includes(branding?.color ?? '')) {
    problems.push(`\`branding.color\` in action.yml must be one of ${COLORS.join(', ')}.`);
  }
  return problems;
}

function isOneLine(text: string | undefined): boolean {
  return text !== undefined && /^\S(.*\S)?$/.test(text);
}
