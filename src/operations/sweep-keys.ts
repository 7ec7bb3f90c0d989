import { revocationLine, waitLine } from '../keys/render.ts';
import {
  cutShort,
  doubtsText,
  failsOnDoubt,
  planLine,
  progressLine,
  renderSweep,
  sweepComment,
} from '../keys/render-sweep.ts';
import type { Revocation } from '../keys/revoke.ts';
import { type Sweep, sweep } from '../keys/sweep.ts';
import type { Clock } from '../lib/clock.ts';
import { commentOnPullRequest } from '../runner/comment.ts';
import { decideMode } from '../runner/mode.ts';
import { decision } from '../runner/render-mode.ts';
import type { Operation, OperationContext } from './context.ts';

/** Revokes keys that this action created and that are no longer needed. Keys in doubt are kept and reported. */
export const sweepKeys: Operation<'sweep-keys'> = async (inputs, context) => {
  const trust = decideMode(inputs.mode, context.event());
  const run = context.workflowRun();
  const maxAgeMs = inputs.max_age === undefined ? undefined : inputs.max_age * 1000;
  const log = sweepLog(context);
  const onPlan = (planned: Sweep) => {
    log.onPlan(planned);
    context.info(decision(trust));
  };
  const request = { run, repositories: inputs.repositories, maxAgeMs, apply: trust.apply };
  const swept = await sweep(request, { ...context, ...log, onPlan }).catch((error) => {
    log.onEnd();
    throw error;
  });
  const result = renderSweep(swept, trust, run, inputs.on_doubt);
  const doubts = doubtsText(swept);
  if (doubts && !failsOnDoubt(swept, inputs.on_doubt)) context.warning(doubts);
  if (inputs.comment) await commentOnPullRequest(inputs, sweepComment(swept, trust, run), context);
  return result;
};

/** Up to this many keys, each revocation is logged. For more keys, progress is logged every few seconds. */
const fewKeys = 100;
const progressEveryMs = 5000;

function sweepLog({ clock, info }: OperationContext) {
  let toRevoke = 0;
  const responses = counter(clock, (done) => info(progressLine('responses', done)));
  const revocations = counter(clock, (done) => info(progressLine('revocations', done, toRevoke)));
  return {
    onResult: () => responses.step(),
    onPlan(planned: Sweep) {
      toRevoke = planned.verdicts.filter(({ action }) => action === 'revoke').length;
      info(planLine(planned));
    },
    onRevocation(revocation: Revocation) {
      if (toRevoke <= fewKeys) info(revocationLine(revocation));
      revocations.step();
    },
    onWait: (keyCount: number, waitMs: number) => info(waitLine(keyCount, waitMs)),
    /** The sweep failed. The next one continues from here, because revoked keys are no longer listed. */
    onEnd: () => toRevoke > 0 && info(cutShort(revocations.steps(), toRevoke)),
  };
}

function counter(clock: Clock, onPause: (steps: number) => void) {
  let steps = 0;
  let writtenAt = clock.now();
  return {
    steps: () => steps,
    step() {
      steps += 1;
      if (clock.now() - writtenAt < progressEveryMs) return;
      writtenAt = clock.now();
      onPause(steps);
    },
  };
}
