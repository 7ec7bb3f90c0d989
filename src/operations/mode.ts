import type { Trust } from '../github/trust.ts';
import { prose } from '../report/markdown.ts';

/** What `mode` came to, as a line of the log. */
export function decision({ apply, why }: Trust): string {
  return `${apply ? 'Applying' : 'Only planning'}: ${why}.`;
}

/** Markdown for the summary of a plan; '' when it was applied. */
export function planNote({ apply, why }: Trust): string {
  return apply ? '' : `Nothing was done, this is a plan: ${prose(why)}.`;
}
