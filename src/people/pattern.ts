/** A longer pattern is none for the short paths that are asked for here. */
const longest = 1000;

/**
 * Whether a pattern of CODEOWNERS matches a file (GitHub documentation, "About code owners": the rules of gitignore
 * without `!` and `[ ]`). Bounded: patterns come from outside.
 * @param path from the root, without a leading slash
 */
export function matchesPattern(pattern: string, path: string): boolean {
  if (pattern === '' || pattern.length > longest) return false;
  const isFolder = pattern.endsWith('/');
  const all = pattern.replace(/^\/|\/+$/g, '').split('/');
  const parts = all.filter((part, index) => part !== '**' || all[index + 1] !== '**');
  const isAnchored = pattern.startsWith('/') || all.length > 1;
  const segments = path.split('/');
  const starts = isAnchored ? [0] : segments.keys();
  return [...starts].some((start) => matchesFrom(parts, segments.slice(start), isFolder));
}

/** A pattern that ends before the path does names a folder; `docs/*` names only what is directly in it. */
function matchesFrom([part, ...rest]: string[], segments: string[], isFolder: boolean): boolean {
  if (part === undefined) return isFolder ? segments.length > 0 : true;
  if (part === '**') {
    if (rest.length === 0) return segments.length > 0;
    return segments.some((_segment, start) => matchesFrom(rest, segments.slice(start), isFolder));
  }
  const [segment, ...deeper] = segments;
  if (segment === undefined || !matchesSegment(part, segment)) return false;
  const isDirectOnly = part === '*' && rest.length === 0 && !isFolder;
  return isDirectOnly ? deeper.length === 0 : matchesFrom(rest, deeper, isFolder);
}

/** `*`, `?` and escapes, inside one segment: the last star is widened step by step, which stays quadratic. */
function matchesSegment(pattern: string, segment: string): boolean {
  const tokens = pattern.match(/\\.|./gsu) ?? [];
  let [at, from] = [0, 0];
  let star: { at: number; from: number } | undefined;
  while (from < segment.length) {
    const token = tokens[at];
    if (token === '*') {
      star = { at, from };
      at += 1;
    } else if (token === '?' || token?.replace(/^\\(?=.)/su, '') === segment[from]) {
      at += 1;
      from += 1;
    } else if (star) {
      star.from += 1;
      at = star.at + 1;
      from = star.from;
    } else return false;
  }
  return tokens.slice(at).every((token) => token === '*');
}
