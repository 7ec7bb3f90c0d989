import type { Lifecycle } from '../github/lifecycle.ts';
import { repositoryOf, type WorkflowRun } from '../github/run.ts';
import type { InputsOf } from '../inputs/declarations.ts';
import { isFrom, parseName } from '../keys/name.ts';
import { outcomes, resultOfRevocations, runLink, sentence } from '../keys/render.ts';
import { type Revocation, revokeKeys } from '../keys/revoke.ts';
import { asksGitHub, judge, type MarkedKey, markedKeys, type Verdict } from '../keys/sweep.ts';
import { inParallel } from '../lib/parallel.ts';
import { count } from '../lib/text.ts';
import { jsonInteger } from '../neon/json.ts';
import { age, code, prose, table } from '../runner/markdown.ts';
import { decide, decision, planNote, type Trust } from '../runner/mode.ts';
import type { Operation, OperationContext } from './context.ts';

type Inputs = InputsOf<'sweep-keys'>;

/** Revokes what this action minted and whose reason to live is over; what is in doubt stays, and is told. */
export const sweepKeys: Operation<'sweep-keys'> = async (inputs, context) => {
  const trust = decide(inputs.mode, context.event());
  const run = context.workflowRun();
  const all = await context.neon.listOrgApiKeys();
  const keys = await keysInScope(markedKeys(all, run.server), inputs.repositories, run, context);
  const now = context.neon.now();
  const reasons = await askReasons(keys, now, run, context);
  const reasonOf = ({ key }: MarkedKey) => reasons.get(key.id) ?? { unknown: 'it was not asked' };
  const maxAge = inputs.max_age === undefined ? {} : { maxAgeMs: inputs.max_age * 1000 };
  const verdicts = judge(keys, { now, reasonOf, ...maxAge });
  const toRevoke = verdicts.filter(({ action }) => action === 'revoke');
  context.info(
    `${count(keys.length, 'key')} of ${all.length} carry our mark, ${toRevoke.length} of them are to be revoked.`,
  );
  context.info(decision(trust));
  warnOfDoubts(verdicts, context);
  const revocations = trust.apply ? await revokeAll(toRevoke, context) : [];
  return resultOf({ verdicts, toRevoke, revocations, trust, now, run });
};

/** The keys of the repositories that are meant: this one by default. */
async function keysInScope(
  keys: MarkedKey[],
  meant: Inputs['repositories'],
  run: WorkflowRun,
  context: OperationContext,
): Promise<MarkedKey[]> {
  if (meant === '*') return keys;
  if (meant === undefined) return keys.filter(({ mark }) => isFrom(mark, run));
  const { repositoryIds } = await import('../github/lifecycle.ts');
  const ids = await repositoryIds(await context.github(), meant);
  return keys.filter(({ mark }) => ids.has(mark.repositoryId));
}

/** GitHub is asked by so many requests at once, as its client allows. */
const askedAtOnce = 10;

/** @returns what GitHub says, by key id; nothing is asked when no key lives for a run or a pull request */
async function askReasons(
  keys: MarkedKey[],
  now: number,
  run: WorkflowRun,
  context: OperationContext,
): Promise<Map<string, Lifecycle>> {
  const reasons = new Map<string, Lifecycle>();
  const isOwn = ({ mark }: MarkedKey) =>
    isFrom(mark, run) && mark.lifetime.kind === 'job' && mark.runId === run.runId && mark.runAttempt === run.runAttempt;
  // This run is not over, whatever GitHub says.
  for (const { key } of keys.filter(isOwn)) reasons.set(key.id, 'holds');
  const asked = keys.filter((key) => asksGitHub(key, now) && !isOwn(key));
  if (asked.length === 0) return reasons;
  const { lifecycleReader } = await import('../github/lifecycle.ts');
  const own = { ...repositoryOf(run), repositoryId: run.repositoryId };
  const github = lifecycleReader(await context.github(), own);
  const tell = progress(asked.length, 'asked GitHub about', context);
  await inParallel(asked, askedAtOnce, async ({ key, mark }) => {
    const { repositoryId, runId, runAttempt, lifetime } = mark;
    const reason =
      lifetime.kind === 'pull-request'
        ? await github.pullRequest(repositoryId, lifetime.number)
        : await github.run(repositoryId, runId, runAttempt);
    reasons.set(key.id, reason);
    tell();
  });
  return reasons;
}

/** Up to so many keys, each one has a line in the log; more have a line every few seconds. */
const fewKeys = 100;
const tellEveryMs = 5000;

function progress(total: number, did: string, { clock, info }: OperationContext): () => number {
  let done = 0;
  let toldAt = clock.now();
  return () => {
    done += 1;
    if (clock.now() - toldAt >= tellEveryMs) {
      toldAt = clock.now();
      info(`… ${did} ${done} of ${total}.`);
    }
    return done;
  };
}

async function revokeAll(toRevoke: Verdict[], context: OperationContext): Promise<Revocation[]> {
  const tell = progress(toRevoke.length, 'revoked', context);
  let done = 0;
  const onOutcome = (revocation: Revocation) => {
    if (toRevoke.length <= fewKeys) context.info(sentence(revocation));
    done = tell();
  };
  const targets = toRevoke.map(({ key: { id, name } }) => ({ id, name }));
  try {
    return await revokeKeys(targets, { ...context, settleMs: 0, onOutcome });
  } catch (error) {
    // Cancelled: what is done is done, and the list shows the next sweep what is not.
    context.info(`Dealt with ${done} of ${count(toRevoke.length, 'key')}; the next sweep does the rest.`);
    throw error;
  }
}

/** One annotation, with each reason once. */
function warnOfDoubts(verdicts: Verdict[], { warning }: OperationContext): void {
  const doubts = verdicts.filter(({ doubt }) => doubt);
  if (doubts.length === 0) return;
  const reasons = Map.groupBy(doubts, ({ why }) => why);
  const lines = [...reasons].slice(0, 5).map(([why, keys]) => `${count(keys.length, 'key')}: ${why}.`);
  warning(`${count(doubts.length, 'key')} kept in doubt; \`max_age\` would end them.\n${lines.join('\n')}`);
}

interface Swept {
  verdicts: Verdict[];
  toRevoke: Verdict[];
  revocations: Revocation[];
  trust: Trust;
  now: number;
  run: WorkflowRun;
}

function resultOf(swept: Swept) {
  const { verdicts, toRevoke, revocations } = swept;
  const { revoked, outputs, json, failed } = resultOfRevocations(revocations);
  return {
    changed: revoked > 0,
    outputs: {
      ...outputs,
      kept_count: String(verdicts.length - toRevoke.length),
      failed_count: String(revocations.filter(({ how }) => how === 'failed').length),
    },
    json: { ...json, plan: verdicts.map(planned) },
    summary: summaryOf(swept, revoked),
    ...failed,
  };
}

function planned({ key, mark, action, why }: Verdict): object {
  const { id, name, created_at, last_used_at = null } = key;
  return {
    key_id: jsonInteger(id),
    key_name: name,
    repository_id: mark.repositoryId,
    lifetime: mark.lifetime.kind,
    created_at,
    last_used_at,
    action,
    reason: why,
  };
}

function summaryOf({ verdicts, toRevoke, revocations, trust, now, run }: Swept, revoked: number): string {
  const kept = verdicts.filter(({ action }) => action === 'keep');
  const title = trust.apply
    ? `${count(revoked, 'Neon key')} swept`
    : `${count(toRevoke.length, 'Neon key')} would be swept`;
  const outcome = new Map(revocations.map((revocation) => [revocation.target.id, outcomes[revocation.how]]));
  const row = (verdict: Verdict) => rowOf(verdict, now, run);
  const rows = toRevoke.map((verdict) => [...row(verdict), outcome.get(verdict.key.id) ?? 'planned']);
  const parts = [
    `### 🧹 ${title}`,
    planNote(trust),
    rows.length > 0 ? table([...head, ''], rows) : 'No key whose reason to live is over.',
    kept.length > 0 ? `#### ${count(kept.length, 'key')} kept\n\n${table(head, doubtsFirst(kept).map(row))}` : '',
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

const head = ['Key', 'Id', 'Why', 'Age', 'Last used', 'Minted by'];

/** A key by its label: the mark behind it is told in words, and the id finds the key at Neon. */
function rowOf({ key, mark, why }: Verdict, now: number, run: WorkflowRun): string[] {
  const { id, name, created_at, last_used_at } = key;
  const label = code(parseName(name)?.label ?? '') || '–';
  const ago = (iso: string) => age(now - Date.parse(iso));
  return [
    label,
    code(id),
    prose(why),
    ago(created_at),
    last_used_at ? `${ago(last_used_at)} ago` : 'never',
    runLink(mark, run),
  ];
}

/** They are what somebody can do something about. */
function doubtsFirst(kept: Verdict[]): Verdict[] {
  return kept.toSorted((a, b) => Number(b.doubt ?? false) - Number(a.doubt ?? false));
}
