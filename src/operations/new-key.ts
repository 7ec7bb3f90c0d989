import type { NewKey } from '../neon/endpoints.ts';
import { code, type Fact } from '../report/markdown.ts';

/** The outputs that tell of a new key, but for its token. */
export function outputsOf({ id, name, project_id = '', created_at }: NewKey): Record<string, string> {
  return { key_id: id, key_name: name, project_id, created_at };
}

/** What a new key is called, and what it reaches: the first lines of its summary. */
export function factsOf({ id, name }: NewKey, projectId: string | undefined): [Fact, ...Fact[]] {
  const reach = projectId ? `project ${code(projectId)}, nothing else` : '⚠️ every project of the organization';
  return [
    ['Key', code(name)],
    ['Id', code(id)],
    ['Reaches', reach],
  ];
}
