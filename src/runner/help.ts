import { docsUrl } from './docs.ts';
import { troubleshootingHeadings } from './help-headings.ts';

const page = `${docsUrl}/troubleshooting.md`;

/** Adds a link to the section of docs/troubleshooting.md about this error, if there is one. */
export function withHelp(message: string): string {
  const heading = troubleshootingHeadings.find((text) => fixedPartsAreIn(text, message));
  return heading === undefined ? message : `${message}\nHelp: ${page}#${anchorOf(heading)}`;
}

/** `…` in a heading stands for the parts that vary. */
function fixedPartsAreIn(heading: string, message: string): boolean {
  let from = 0;
  for (const part of heading.split('…').map((text) => text.trim())) {
    const at = message.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

/** The anchor that GitHub gives to a heading; docs.test.ts compares it with github-slugger's. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}
