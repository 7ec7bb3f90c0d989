import type { Shown } from '../lib/email.ts';
import { count, oneLine } from '../lib/text.ts';
import { details, fenced } from '../runner/markdown.ts';
import { unusableText } from './doubt-sentences.ts';
import type { DraftLine, KnownAccounts } from './people-draft.ts';

const problems: Record<NonNullable<DraftLine['problem']>, string> = {
  address: 'not an address that a people file can have',
  noreply: 'a noreply address',
  duplicate: 'the address of two members',
};

/** The text of the people file. Each line that needs a decision is a comment. */
export function peopleFileText(lines: readonly DraftLine[], organizationId: string): string {
  const known = lines.filter((line) => line.account && !line.problem);
  const others = lines.filter((line) => !known.includes(line));
  const header = [
    `# .github/neon-people.yml: the members of ${organizationId}.`,
    ...(others.length > 0
      ? [
          '# Complete the lines that are comments: replace LOGIN with the GitHub login, and remove the # at the beginning.',
          '# People who own no code go into a list `include:`, with their login or address.',
        ]
      : []),
    'people:',
  ];
  return `${[...header, ...known.map(knownLine).sort(), ...others.map(commentLine)].join('\n')}\n`;
}

function knownLine({ email, role, account }: DraftLine): string {
  return `  ${account?.login}: { email: ${scalar(email)}${roleText(role)}, github_id: ${account?.id} }`;
}

function commentLine({ email, role, problem }: DraftLine): string {
  const why = problem === undefined ? '' : ` # ${problems[problem]}`;
  return `  # LOGIN: { email: ${scalar(oneLine(email))}${roleText(role)} }${why}`;
}

function roleText(role: DraftLine['role']): string {
  return role === undefined ? '' : `, role: ${role}`;
}

/** A text of YAML: most addresses need no quotation marks. */
function scalar(text: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9._+@-]*$/.test(text) ? text : JSON.stringify(text);
}

/** What a reader of the summary sees of the file. */
export function draftSection(text: string, lines: readonly DraftLine[], shown: Shown): string {
  const open = lines.filter(({ account, problem }) => !account || problem).length;
  const title = `A people file to start from${open === 0 ? '' : ` with ${count(open, 'login')} to fill in`}`;
  return details(title, `The output \`people_file\` has it with full addresses.\n\n${fenced('yaml', shown(text))}`);
}

/** Why logins may be missing, one sentence for each source. */
export function draftNotices({ unusable, isHidden }: KnownAccounts, permission: string): string[] {
  const texts = [...unusable].map(([source, why]) => unusableText(source, why));
  return isHidden
    ? [`The members of the GitHub organization could not be read, so no login is filled in. It requires ${permission}.`]
    : texts;
}
