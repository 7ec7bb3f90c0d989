import { parseRule } from './codeowners.ts';

/**
 * Whether a change of a file needs an approval: the last rule that matches it has owners (GitHub
 * documentation, "About code owners"). A pattern that is longer, or has more
 * stars, than people write matches nothing here.
 * @param path from the root of the repository, without a leading slash
 */
export function isOwned(codeowners: string, path: string): boolean {
  for (const line of codeowners
    .replace(/^\ufeff/, '')
    .split('\n')
    .reverse()) {
    const { pattern, owners } = parseRule(line.replace(/\r$/, ''));
    if (pattern !== '' && matches(pattern, path)) return owners.length > 0;
  }
  return false;
}

/** More would let a pattern take a long time, or not compile. */
const maxStars = 5;
const maxPatternLength = 2000;

function matches(pattern: string, path: string): boolean {
  if (pattern.length > maxPatternLength) return false;
  const stars = pattern.match(/\*+/g)?.length ?? 0;
  return stars <= maxStars && toRegExp(pattern).test(path);
}

/** Gitignore's patterns, but that `dir/*` reaches no deeper. */
function toRegExp(pattern: string): RegExp {
  const isAnchored = pattern.slice(0, -1).includes('/');
  const body = pattern.replace(/^\//, '').replace(/\/$/, '');
  const ending = pattern.endsWith('/') ? '/.*' : /\/\*$/.test(pattern) ? '' : '(?:/.*)?';
  return new RegExp(
    `${isAnchored ? '^' : '(?:^|/)'}${body.replace(/\\.|\*\*\/|\*\*|\*|\?|[^\\*?]+|\\/gs, piece)}${ending}$`,
    's',
  );
}

const wildcards: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

function piece(text: string): string {
  return wildcards[text] ?? RegExp.escape(text.startsWith('\\') ? text.slice(1) : text);
}
