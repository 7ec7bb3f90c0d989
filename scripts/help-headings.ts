import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns the text of src/runner/help-headings.ts: the errors that docs/troubleshooting.md has a section about */
export function helpHeadings(): string {
  const page = readFileSync(join(import.meta.dirname, '../docs/troubleshooting.md'), 'utf8');
  const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, text = '']) => text);
  // The most specific first: the message of one error may contain the heading of another.
  const lines = headings.toSorted((a, b) => b.length - a.length).map((text) => `  ${literal(text)},\n`);
  return `// Written by \`npm run reference\`: the headings of docs/troubleshooting.md, the longest first.\nexport const troubleshootingHeadings = [\n${lines.join('')}];\n`;
}

function literal(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
