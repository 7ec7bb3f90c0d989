import type { WorkflowRun } from '../github/run.ts';
import type { Shown } from '../lib/email.ts';
import { count } from '../lib/text.ts';
import { type ListedKey, toNeonJson } from '../neon/endpoints.ts';
import { docsLink } from '../runner/docs.ts';
import { code, foldedTable, plain, time } from '../runner/markdown.ts';
import type { Result } from '../runner/result.ts';
import type { KeysRead } from './creator.ts';
import { type Lifetime, mayBeInSecret, parseKeyName } from './name.ts';
import { runLink } from './render.ts';

/** One line for the log. @param filtered the keys that match the inputs; undefined if the inputs do not filter */
export function foundKeysText(all: readonly ListedKey[], filtered: readonly ListedKey[] | undefined): string {
  const total = count(all.length, 'active key');
  return filtered ? `Found ${filtered.length} of ${total}.` : `Found ${total}.`;
}

/** The warning for a creator who has no keys and is not a member. */
export function noKeysText(creator: string): string {
  return `${creator} is not a member and created none of these keys. To list the keys of someone who has left, set \`created_by\` to their user ID, not to their member ID.`;
}

/** The result of `list-keys`. */
export function keysResult(keys: readonly ListedKey[], run: WorkflowRun, shown: Shown): Result {
  return {
    changed: false,
    outputs: { key_count: String(keys.length) },
    json: { keys: keys.map(toNeonJson) },
    summary: `### 🔑 ${count(keys.length, 'Neon key')}\n\n${keysTable(keys, run, shown)}\n`,
  };
}

function keysTable(keys: readonly ListedKey[], run: WorkflowRun, shown: Shown): string {
  if (keys.length === 0) return 'No active key was found.';
  const head = ['ID', 'Key', 'Access', 'Created', 'Created by', 'Last used', 'Created in'];
  return foldedTable(
    head,
    keys.map((key) => row(key, run, shown)),
  );
}

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

/** The mark in a name, in words. */
function origin(name: string, run: WorkflowRun): string {
  const parsed = parseKeyName(name);
  return parsed ? `${runLink(parsed.mark, run)}, ${lifetimeText(parsed.mark.lifetime, parsed.label)}` : '';
}

function lifetimeText(lifetime: Lifetime, label: string): string {
  switch (lifetime.kind) {
    case 'job':
      return 'for its job';
    case 'pull-request':
      return `for pull request ${lifetime.number}`;
    case 'manual':
      return 'until revoked';
    case 'duration':
      return 'for a limited time';
    case 'rotation':
      // The label of a rotated key is the name of its secret.
      return `for the secret ${code(label)}`;
  }
}

/** Why a list of one user's keys may be incomplete; '' if it is complete. */
export function incompleteText(read: KeysRead): string {
  if ('error' in read) return `The keys that this person created could not be read. ${read.error.message}`;
  if (read.unknownCount === 0) return '';
  const those = read.unknownCount === 1 ? 'it may be' : 'some of them may be';
  return `Neon does not report who created ${count(read.unknownCount, 'other key')}, so ${those} this person's.`;
}

/** One line for the log. */
export function leaverKeysText(keys: readonly ListedKey[]): string {
  return `Found ${count(keys.length, 'active key')} created by this person.`;
}

/** The section of a summary about the keys of someone who leaves. */
export function leaverKeysSection(read: KeysRead, run: WorkflowRun, shown: Shown): string {
  if ('error' in read) return `#### ⚠️ Keys unknown\n\n${plain(incompleteText(read), shown)}`;
  const { keys } = read;
  if (keys.length === 0) return '#### 🔑 No active keys created by this person';
  const inSecrets = keys.filter(({ name }) => isInSecret(name)).length;
  const advice =
    inSecrets === 0
      ? 'Keys remain active until they are revoked.'
      : `Keys remain active until they are revoked. ${count(inSecrets, 'key')} may be in a GitHub secret: rotate the secret before you revoke its key.`;
  return `#### 🔑 ${count(keys.length, 'active key')} created by this person\n\n${advice} ${docsLink('What to do', 'leaver')}\n\n${keysTable(keys, run, shown)}`;
}

/** Whether a key may be in a secret, according to its name. */
function isInSecret(name: string): boolean {
  const lifetime = parseKeyName(name)?.mark.lifetime;
  return lifetime !== undefined && mayBeInSecret(lifetime);
}
