import type { WorkflowRun } from '../github/run.ts';
import { isMeantBy, type Lifetime, parseName } from '../keys/name.ts';
import { runLink } from '../keys/render.ts';
import { type Shown, shownWith } from '../lib/email.ts';
import { count } from '../lib/text.ts';
import { asNeonWroteIt, type ListedKey } from '../neon/endpoints.ts';
import { code, plain, table, time } from '../runner/markdown.ts';
import type { Operation } from './context.ts';

/** Lists active keys, newest first; Neon never shows a token again. */
export const listKeys: Operation<'list-keys'> = async ({ key_name, show_emails }, context) => {
  const run = context.workflowRun();
  const all = await context.neon.listOrgApiKeys();
  const keys = key_name === undefined ? all : all.filter(({ name }) => isMeantBy(name, key_name, run));
  keys.sort((a, b) => b.created_at.localeCompare(a.created_at));
  context.info(`${count(keys.length, 'key')}${key_name === undefined ? '' : ` of ${all.length}`}.`);
  return {
    changed: false,
    outputs: { key_count: String(keys.length) },
    json: { keys: keys.map(asNeonWroteIt) },
    summary: `### 🔑 ${count(keys.length, 'Neon key')}\n\n${
      keys.length === 0
        ? 'No active keys.'
        : table(
            head,
            keys.map((key) => row(key, run, shownWith(show_emails))),
          )
    }\n`,
  };
};

const head = ['Id', 'Key', 'Access', 'Created', 'Created by', 'Last used', 'Minted by'];

function row(key: ListedKey, run: WorkflowRun, shown: Shown): string[] {
  return [
    code(key.id),
    code(key.name, shown),
    key.project_id ? code(key.project_id) : '⚠️ every project',
    time(key.created_at),
    // Neon knows some people only by their e-mail address.
    plain(key.created_by?.name ?? '', shown),
    key.last_used_at ? time(key.last_used_at) : 'never',
    origin(key.name, run),
  ];
}

const lifetimes: Record<Lifetime['kind'], string> = {
  job: 'for its job',
  'pull-request': 'for a pull request',
  manual: 'until revoked',
  duration: 'for a limited time',
  rotation: 'in a secret, until the next rotation',
};

/** The mark in a name, in words. */
function origin(name: string, run: WorkflowRun): string {
  const mark = parseName(name)?.mark;
  return mark ? `${runLink(mark, run)}, ${lifetimes[mark.lifetime.kind]}` : '';
}
