import { isMeantBy, parseName } from '../keys/name.ts';
import { asNeonWroteIt, type ListedKey } from '../neon/endpoints.ts';
import { code, plain, table, time } from '../report/markdown.ts';
import { count } from '../text.ts';
import type { Operation } from './operation.ts';

/** Lists live keys, the newest first; Neon never tells a token again. */
export const listKeys: Operation<'list-keys'> = async ({ key_name }, step) => {
  const all = await step.neon.listOrgApiKeys();
  const keys = key_name === undefined ? all : filter(all, key_name, step.workflowRun().repositoryId);
  keys.sort((a, b) => b.created_at.localeCompare(a.created_at));
  step.info(`${count(keys.length, 'key')}${key_name === undefined ? '' : ` of ${all.length}`}.`);
  return {
    changed: false,
    outputs: { key_count: String(keys.length) },
    json: { keys: keys.map(asNeonWroteIt) },
    summary: `### 🔑 ${count(keys.length, 'Neon key')}\n\n${keys.length === 0 ? 'None.' : table(head, keys.map(row))}\n`,
  };
};

function filter(keys: ListedKey[], keyName: string, repositoryId: number): ListedKey[] {
  return keys.filter(({ name }) => isMeantBy(name, keyName, repositoryId));
}

const head = ['Id', 'Key', 'Reaches', 'Created', 'By', 'Last used', 'Minted by this action'];

function row(key: ListedKey): string[] {
  return [
    code(key.id),
    code(key.name),
    key.project_id ? code(key.project_id) : '⚠️ every project',
    time(key.created_at),
    plain(key.created_by.name),
    key.last_used_at ? time(key.last_used_at) : 'never',
    parseName(key.name) ? 'yes' : '',
  ];
}
