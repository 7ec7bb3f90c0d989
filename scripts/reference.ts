// `npm run reference`: writes what is generated from other files: docs/reference.md and src/runner/help-headings.ts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { helpHeadings } from './help-headings.ts';
import { referencePage } from './reference-page.ts';

writeFileSync(join(import.meta.dirname, '../docs/reference.md'), referencePage());
writeFileSync(join(import.meta.dirname, '../src/runner/help-headings.ts'), helpHeadings());
