// Writes broker/policy.schema.json, which editors use, from the schema that the broker uses.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyJsonSchema } from '../broker/policy/schema.ts';

const path = join(import.meta.dirname, '../broker/policy.schema.json');
writeFileSync(path, `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
