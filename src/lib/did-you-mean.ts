import { closest, distance } from 'fastest-levenshtein';

/**
 * Suggests the most similar name, such as ` (did you mean `email`?)`, to append to an error about `name`.
 * @returns '' if none of the candidates resembles it
 */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const best = closest(name, candidates);
  return distance(name, best) <= Math.max(2, best.length / 3) ? ` (did you mean \`${best}\`?)` : '';
}
