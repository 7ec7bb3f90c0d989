import type { EventPayload, WorkflowEvent } from '../github/event.ts';
import { decideMode, type Mode, type Trust } from '../runner/mode.ts';
import { decision } from '../runner/render-mode.ts';

interface DecideContext {
  event: () => WorkflowEvent;
  info: (line: string) => void;
}

/**
 * Decides whether changes are applied, and logs it. People and roles that came with the event are only planned by
 * `mode: auto`: anyone who may start the workflow chooses them.
 * @param values the addresses, ids and roles in the inputs of the step
 */
export function decideForPeople(
  mode: Mode,
  values: readonly (string | undefined)[],
  { event, info }: DecideContext,
): Trust {
  const trigger = event();
  const trust = decideMode(mode, trigger);
  const isChosen = mode === 'auto' && trust.apply && comesWithEvent(values, trigger.payload);
  const decided: Trust = isChosen ? { mode, event: trigger.name, apply: false, reason: 'chosen-by-event' } : trust;
  info(decision(decided));
  return decided;
}

/** Whether one of the values is in the inputs of a dispatched workflow. */
export function comesWithEvent(
  values: readonly (string | undefined)[],
  { inputs, client_payload }: EventPayload,
): boolean {
  const words = new Set(textsIn([inputs, client_payload]).flatMap((text) => text.toLowerCase().split(/[\s,;]+/)));
  return values.some((value) => value !== undefined && words.has(value.toLowerCase()));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
