import type { WorkflowRun } from '../github/run.ts';
import { count } from '../lib/text.ts';
import { jsonInteger } from '../neon/json.ts';
import type { CommentText } from '../runner/comment.ts';
import { docsLink } from '../runner/docs.ts';
import { age, code, prose, section, table } from '../runner/markdown.ts';
import type { Trust } from '../runner/mode.ts';
import { planNote } from '../runner/render-mode.ts';
import type { Result } from '../runner/result.ts';
import type { GitHubDoubt } from './lifecycle-requests.ts';
import { parseKeyName } from './name.ts';
import { outcomes, pullLink, resultOfRevocations, runLink } from './render.ts';
import type { Revocation } from './revoke.ts';
import type { Sweep } from './sweep.ts';
import type { EndReason, KeepReason, KeyDoubt, Verdict } from './sweep-rule.ts';

/** The result of `sweep-keys`. */
export function renderSweep(sweep: Sweep, trust: Trust, run: WorkflowRun, onDoubt: 'warn' | 'fail'): Result {
  const { verdicts, revocations } = sweep;
  const doubts = doubtsText(sweep);
  const failures = doubts && failsOnDoubt(sweep, onDoubt) ? [doubts] : [];
  const { revoked, outputs, json, failed } = resultOfRevocations(revocations, failures);
  return {
    changed: revoked > 0,
    outputs: {
      ...outputs,
      kept_count: String(verdicts.filter(({ action }) => action === 'keep').length),
      doubt_count: String(verdicts.filter(isInDoubt).length),
      failed_count: String(revocations.filter(({ how }) => how === 'failed').length),
    },
    json: { ...json, plan: verdicts.map(toPlanned) },
    summary: sweepSummary(sweep, revoked, trust, run),
    ...failed,
  };
}

/** Whether the step fails because of keys in doubt, so that its failure already names them. */
export function failsOnDoubt({ blindness }: Sweep, onDoubt: 'warn' | 'fail'): boolean {
  return onDoubt === 'fail' || blindness !== undefined;
}

/** What the sweep is about to do, as a line of the log. */
export function planLine({ listed, verdicts }: Sweep): string {
  const toRevoke = verdicts.filter(({ action }) => action === 'revoke').length;
  return `Checked ${verdicts.length} of ${count(listed, 'key')}: ${toRevoke} to revoke, ${verdicts.length - toRevoke} to keep.`;
}

/** The progress of the sweep, as a line of the log. */
export function progressLine(what: 'responses' | 'revocations', done: number, total = 0): string {
  return what === 'responses'
    ? `${count(done, 'response')} from GitHub so far.`
    : `${done} of ${count(total, 'key')} processed so far.`;
}

/** Logged when a sweep stops before it is finished. */
export function cutShort(done: number, total: number): string {
  return `Stopped after ${done} of ${count(total, 'key')}. The next sweep continues.`;
}

/**
 * Why keys were kept in doubt, in at most seven lines. A blind sweep is reported first, even if `max_age` decided about all
 * keys.
 * @returns '' if there is no doubt
 */
export function doubtsText({ verdicts, blindness }: Sweep): string {
  const doubts = verdicts.filter(isInDoubt);
  const blind = blindness ? [`${cannotRead} ${explainDoubt(blindness)}`] : [];
  if (doubts.length === 0) return blind.join('');
  const [were, need] = doubts.length === 1 ? ['was', 'it is still needed'] : ['were', 'they are still needed'];
  const heading = `${count(doubts.length, 'key')} ${were} kept because it could not be determined whether ${need}.`;
  const byReason = Map.groupBy(doubts, ({ doubt }) => explainDoubt(doubt));
  if (blindness) byReason.delete(explainDoubt(blindness));
  const lines = [...byReason].slice(0, 5).map(([why, keys]) => `${count(keys.length, 'key')}: ${why}`);
  return [...blind, heading, ...lines].join('\n');
}

type VerdictInDoubt = Verdict & { reason: 'in-doubt' };

function isInDoubt(verdict: Verdict): verdict is VerdictInDoubt {
  return verdict.reason === 'in-doubt';
}

function toPlanned(verdict: Verdict): object {
  const { id, name, created_at, last_used_at = null } = verdict.key;
  return {
    key_id: jsonInteger(id),
    key_name: name,
    repository_id: verdict.mark.repositoryId,
    lifetime: verdict.mark.lifetime.kind,
    created_at,
    last_used_at,
    action: verdict.action,
    reason: isInDoubt(verdict) ? verdict.doubt.code : verdict.reason,
    in_doubt: isInDoubt(verdict),
  };
}

function sweepSummary(sweep: Sweep, revoked: number, trust: Trust, run: WorkflowRun): string {
  const { verdicts, revocations, now } = sweep;
  const toRevoke = verdicts.filter(({ action }) => action === 'revoke');
  const outcome = new Map(revocations.map((revocation) => [revocation.target.id, outcomes[revocation.how]]));
  const row = (verdict: Verdict) => toRow(verdict, now, run);
  const rows = toRevoke.map((verdict) => [...row(verdict), outcome.get(verdict.key.id) ?? 'planned']);
  const doubts = verdicts.filter(isInDoubt);
  const kept = verdicts.filter((verdict) => verdict.action === 'keep' && !isInDoubt(verdict));
  const parts = [
    `### ${sweepTitle(sweep, revoked, trust)}`,
    planNote(trust),
    sweep.blindness ? `⚠️ ${prose(explainDoubt(sweep.blindness))}` : '',
    section(
      `${count(doubts.length, 'key')} in doubt`,
      sweepColumns,
      doubts.map(row),
      docsLink('Why keys are kept in doubt', 'keys-in-doubt'),
    ),
    section(`${count(rows.length, 'key')} no longer needed`, [...sweepColumns, 'Outcome'], rows) ||
      'There is no key to revoke.',
    section(`${count(kept.length, 'key')} kept`, sweepColumns, kept.map(row)),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/**
 * The comment on a pull request. Everyone who sees the pull request can read it, so it contains numbers and reasons, but no
 * key names, key IDs, other repositories or errors.
 */
export function sweepComment(sweep: Sweep, trust: Trust, run: WorkflowRun): CommentText {
  const { verdicts, revocations, blindness } = sweep;
  const toRevoke = verdicts.filter((verdict) => verdict.action === 'revoke');
  const doubtCount = verdicts.filter(isInDoubt).length;
  const nothingToSay = '### 🧹 No Neon key to revoke';
  if (toRevoke.length + doubtCount === 0 && !blindness) return { body: undefined, nothingToSay };
  const revoked = revocations.filter(({ how }) => how === 'revoked').length;
  const parts = [
    `### ${sweepTitle(sweep, revoked, trust)}`,
    planNote(trust),
    blindness ? `⚠️ ${cannotRead}` : '',
    doubtCount > 0 ? `❓ ${count(doubtCount, 'key')} kept in doubt.` : '',
    toRevoke.length > 0 ? table(['Keys', 'Reason', 'Outcome'], reasonRows(toRevoke, revocations)) : '',
    `For the names of the keys, see the [run](${run.runsUrl}/${run.runId}).`,
  ];
  return { body: `${parts.filter(Boolean).join('\n\n')}\n`, nothingToSay };
}

/** One row for each reason and outcome, with the number of keys. */
function reasonRows(toRevoke: readonly (Verdict & { action: 'revoke' })[], revocations: readonly Revocation[]) {
  const outcome = new Map(revocations.map(({ target, how }) => [target.id, outcomes[how]]));
  const rows = toRevoke.map(({ key, reason }) => [prose(reasons[reason]), outcome.get(key.id) ?? 'planned']);
  return [...Map.groupBy(rows, String).values()].map((equal) => [String(equal.length), ...(equal[0] ?? [])]);
}

function sweepTitle({ verdicts, revocations, blindness }: Sweep, revoked: number, trust: Trust): string {
  const toRevoke = verdicts.filter(({ action }) => action === 'revoke').length;
  const failed = revocations.filter(({ how }) => how === 'failed').length;
  const doubts = verdicts.filter(isInDoubt).length;
  const applied = `${count(revoked, 'Neon key')} revoked`;
  const planned = `${count(toRevoke, 'Neon key')} would be revoked`;
  const main = toRevoke === 0 ? 'No Neon key to revoke' : trust.apply ? applied : planned;
  const more = [failed > 0 ? `, ${failed} not revoked` : '', doubts > 0 ? `, ${doubts} in doubt` : ''].join('');
  return blindness ? `❌ No access to GitHub: ${main}${more}` : `🧹 ${main}${more}`;
}

const sweepColumns = ['Key', 'ID', 'Reason', 'Age', 'Last used', 'Created in'];

/** One row of the table. The name is shortened to its label, because other columns show the mark. */
function toRow(verdict: Verdict, now: number, run: WorkflowRun): string[] {
  const { id, name, created_at, last_used_at } = verdict.key;
  const ago = (iso: string) => age(now - Date.parse(iso));
  return [
    code(parseKeyName(name)?.label ?? '') || '–',
    code(id),
    prose(isInDoubt(verdict) ? explainDoubt(verdict.doubt) : reasons[verdict.reason]) + pullLink(verdict.mark, run),
    ago(created_at),
    last_used_at ? `${ago(last_used_at)} ago` : 'never',
    runLink(verdict.mark, run),
  ];
}

const reasons: Record<KeepReason | EndReason, string> = {
  'run-active': 'its run has not ended',
  'pull-request-active': 'its pull request is open',
  'duration-not-elapsed': 'its duration has not elapsed',
  manual: 'it is valid until someone revokes it',
  rotation: 'its secret may hold it, so it is left to `rotate-key`',
  storing: 'it is less than two hours old, so a step may still be storing it in a secret',
  'too-new': 'it is less than an hour old, so GitHub may not show its run or pull request yet',
  'run-ended': 'its run has ended',
  'run-missing': 'its run was deleted',
  'pull-request-closed': 'its pull request is closed',
  'pull-request-missing': 'its pull request was deleted',
  'duration-elapsed': 'its duration has elapsed',
  'max-age': 'it is older than `max_age`',
};

/** Reported when a sweep is blind. */
const cannotRead = 'Runs and pull requests could not be read from GitHub.';

const kindNames = { run: 'run', 'pull-request': 'pull request' } as const;

/** Why a key is in doubt, in complete sentences. */
function explainDoubt(doubt: KeyDoubt): string {
  switch (doubt.code) {
    case 'token-refused':
    case 'request-failed':
      return doubt.error.message.replaceAll('\n', ' ');
    case 'clocks-disagree':
      return 'The clocks of Neon, GitHub and this runner disagree about whether its time has elapsed.';
    case 'not-rotated':
      return 'No rotation has replaced it within `max_age`. Check the workflow that rotates its secret, or revoke it if the secret is no longer used.';
    case 'one-clock':
      return "Neon's responses have no `Date` header, so this runner's clock could not be confirmed.";
    case 'earlier-attempt':
      return 'GitHub returned an earlier attempt of its run.';
    case 'unreadable-response':
      return 'GitHub returned an unexpected response.';
    default:
      return explainRepository(doubt);
  }
}

function explainRepository(doubt: Extract<GitHubDoubt, { repositoryId: number }>): string {
  const { code: cause, repositoryId: id } = doubt;
  if (cause === 'repository-not-visible')
    return `Repository ${id} was deleted, or is not visible to the token in \`github_token\`.`;
  if (cause === 'repository-replaced')
    return `Repository ${id} was renamed, and another repository may now have its former name.`;
  const kind = kindNames[doubt.kind];
  return cause === 'nothing-to-compare'
    ? `GitHub returned 404 for its ${kind} and shows no other ${kind} of repository ${id}, so the token may not be able to see ${kind}s.`
    : `GitHub returned 404 for its ${kind} and did not list all active ${kind}s of repository ${id}.`;
}
