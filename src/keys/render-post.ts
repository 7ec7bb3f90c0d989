// What the post step reports.

import { count, oneLine } from '../lib/text.ts';
import type { Lease } from './ledger.ts';
import { revocationLine, revocationsTable } from './render.ts';
import type { Revocation, Target, Unsettled } from './revoke.ts';
import type { LeaseState } from './state.ts';

/** Reported when the process ends before its work does. */
export const endedEarly = 'The post step ended before it had revoked the key of this step.';

/** Reported when the post step fails. */
export function postFailed(error: unknown): string {
  return `The post step could not revoke the key of this step. ${error instanceof Error ? error.message : String(error)}`;
}

/** The post step's section of the job summary. */
export function postSummary(revocations: readonly Revocation[]): string {
  const active = revocations.filter(mayBeActive).length;
  const revoked = revocations.filter(({ how }) => how === 'revoked').length;
  const title =
    active > 0
      ? `❌ ${count(active, 'Neon key')} may still be active`
      : `🔒 ${revoked > 0 ? `${count(revoked, 'Neon key')} revoked` : 'No Neon key to revoke'} after the job`;
  return `### ${title}\n\n${revocationsTable(revocations)}\n`;
}

/** @returns one text about all keys that may still be active, with what to do now; undefined without such keys */
export function activeKeys(revocations: readonly Revocation[], state: LeaseState): string | undefined {
  const active = revocations.filter(mayBeActive);
  if (active.length === 0) return undefined;
  const isRefusedKey = active.some(({ error }) => error?.facts.status === 401);
  const targets = active.map(({ target }) => target);
  const what = active.map((revocation) => `${activeKey(revocation)}${causeText(revocation.error)}`);
  return [...what, isRefusedKey ? adviceWithoutKey(targets) : adviceWithKey(targets, state)].join('\n');
}

/** @returns the same text about all leases, if post has no admin key to revoke them */
export function activeLeases(leases: readonly Lease[], state: LeaseState): string {
  const reason =
    'In the post step, `api_key` is empty or not a Neon API key. GitHub evaluates the input again for the post step.';
  return [...leases.map((lease) => activeKey({ target: lease })), reason, adviceWithKey(leases, state)].join('\n');
}

/** @returns one text about revoked keys that may have a duplicate; undefined without such keys */
export function possibleDuplicates(revocations: readonly Revocation[]): string | undefined {
  const doubts = revocations.filter((one): one is Unsettled => one.how === 'unsettled' && one.target.id !== undefined);
  if (doubts.length === 0) return undefined;
  return doubts.map((doubt) => `${revocationLine(doubt)}${causeText(doubt.error)}`).join('\n');
}

type Active = Extract<Revocation, { error?: unknown }>;

function mayBeActive(revocation: Revocation): revocation is Active {
  return revocation.how === 'failed' || (revocation.how === 'unsettled' && revocation.target.id === undefined);
}

function activeKey({ target: { id, name } }: { target: Target }): string {
  return id === undefined
    ? `A key named "${oneLine(name)}" may still be active.`
    : `Key ${id} "${oneLine(name)}" may still be active.`;
}

function causeText(error: Error | undefined): string {
  return error ? ` ${error.message}` : '';
}

function adviceWithoutKey(targets: readonly Target[]): string {
  const ids = targets.flatMap(({ id }) => id ?? []);
  const name = targets.length === 1 ? 'that name' : 'each name';
  const what = ids.length === targets.length ? `\`key_id: ${ids.join(', ')}\`` : `\`key_name\` set to ${name}`;
  return `Revoke ${it(targets)} in the Neon Console, or run \`revoke-key\` with ${what} and the key of another admin.`;
}

function adviceWithKey(targets: readonly Target[], { orgId, apiHost, isPersonal }: LeaseState): string {
  const path = isPersonal ? '/api_keys' : `/organizations/${orgId}/api_keys`;
  const keys = `${apiHost.href.replace(/\/$/, '')}${path}`;
  const curl = 'curl -H "Authorization: Bearer $ADMIN_KEY"';
  const ids = targets.flatMap(({ id }) => id ?? []);
  const unnamed = ids.length < targets.length;
  const find = unnamed ? ` Look up the ID by the name: ${curl} ${keys}` : '';
  const urls = [...ids, ...(unnamed ? ['<id>'] : [])].map((id) => `${keys}/${id}`);
  return `To revoke ${it(targets)}, set ADMIN_KEY to the value of \`api_key\`.${find}\nThen run: ${curl} -X DELETE ${urls.join(' ')}`;
}

function it(targets: readonly Target[]): string {
  return targets.length === 1 ? 'it' : 'them';
}
