/** One step of a pattern: a wildcard, or a single character that matches only itself. */
type Step = { wildcard: '**/' | '**' | '*' | '?' } | { character: string };

/**
 * Whether a pattern of CODEOWNERS matches a path. The rules are those of .gitignore, except that `dir/*` does not match
 * deeper paths. Takes time in proportion to the length of the pattern times that of the path, for any pattern.
 * @param path from the root of the repository, without a leading slash
 */
export function matchesPath(pattern: string, path: string): boolean {
  const isAnchored = pattern.slice(0, -1).includes('/');
  let reached = [...Array(path.length + 1).keys()].map((at) => at === 0 || (!isAnchored && path[at - 1] === '/'));
  for (const step of stepsOf(pattern.replace(/^\//, '').replace(/\/$/, ''))) {
    reached = advance(reached, step, path);
    if (!reached.includes(true)) return false;
  }
  if (!pattern.endsWith('/') && reached.at(-1)) return true;
  // What is inside a matching directory matches too.
  return !pattern.endsWith('/*') && reached.some((isReached, at) => isReached && path[at] === '/');
}

function* stepsOf(body: string): Generator<Step> {
  for (const [text] of body.matchAll(/\\.|\*\*\/|\*\*|./gs)) {
    if (text === '**/' || text === '**' || text === '*' || text === '?') yield { wildcard: text };
    // A backslash at the end escapes nothing.
    else if (text !== '\\') yield { character: text.slice(-1) };
  }
}

/** @param reached for each position in the path, whether the steps so far can end there */
function advance(reached: readonly boolean[], step: Step, path: string): boolean[] {
  if ('character' in step) return reached.map((_, at) => reached[at - 1] === true && path[at - 1] === step.character);
  const { wildcard } = step;
  if (wildcard === '?') return reached.map((_, at) => reached[at - 1] === true && path[at - 1] !== '/');
  let isInside = false;
  return reached.map((isReached, at) => {
    const isAfterSlash = path[at - 1] === '/';
    const isEnd = isReached || (isInside && (wildcard === '**' || isAfterSlash === (wildcard === '**/')));
    isInside = wildcard === '**/' ? isInside || isReached : isEnd;
    return isEnd;
  });
}
