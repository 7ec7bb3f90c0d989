import { createHash } from 'node:crypto';

/** When a key's reason to live is over. */
export type Lifetime =
  | { kind: 'job' }
  | { kind: 'pull-request'; number: number }
  | { kind: 'manual' }
  | { kind: 'duration'; seconds: number }
  /** It is in the secret of this id until the next rotation, and lives on for `graceSeconds` of its successor. */
  | { kind: 'rotation'; graceSeconds: number; secretId: string };

/** Whose keys belong together. */
export interface Origin {
  /** Three letters and digits for a server of one's own: its numbers say nothing on another one. Missing: github.com. */
  server?: string;
  repositoryId: number;
}

/** What a key's name says of its origin: Neon has no other place for it. */
export interface Mark extends Origin {
  runId: number;
  runAttempt: number;
  lifetime: Lifetime;
  /** Lower-case letters and digits; makes the name unique, so that a key whose answer was lost can be found. */
  nonce: string;
}

/** The workflow run that a key belongs to. */
export type RunMark = Omit<Mark, 'lifetime' | 'nonce'>;

/** Neon's limit for key_name (OpenAPI, ApiKeyCreateRequest). Counted in bytes: fits whichever way Neon counts. */
const maxNameBytes = 64;
const pattern =
  /^(?<label>.*?) ?~gh(?:a|-(?<server>[0-9a-z]{3}))\.(?<repository>[0-9a-z]+)\.(?<run>[0-9a-z]+)-(?<attempt>[0-9a-z]+)\.(?<lifetime>[jm]|[pt][0-9a-z]+|r[0-9a-z]+-[0-9a-z]{10})\.(?<nonce>[0-9a-z]+)$/s;
type Group = 'label' | 'server' | 'repository' | 'run' | 'attempt' | 'lifetime' | 'nonce';

/**
 * `<label> ~gha.<repository id>.<run id>-<attempt>.<lifetime>.<nonce>`, numbers in base 36, the label cut to fit;
 * `~gh-<server>` instead of `~gha` for another server than github.com.
 * A label that is cut ends in `#` and a hash of the whole, so that two long labels stay two.
 */
export function composeName(label: string, mark: Mark): string {
  const { server, repositoryId, runId, runAttempt, lifetime, nonce } = mark;
  const github = server === undefined ? '~gha' : `~gh-${server}`;
  const suffix = `${github}.${base36(repositoryId)}.${base36(runId)}-${base36(runAttempt)}.${writeLifetime(lifetime)}.${nonce}`;
  const fitting = shorten(label.trim().toWellFormed(), maxNameBytes - suffix.length - 1);
  return fitting === '' ? suffix : `${fitting} ${suffix}`;
}

/**
 * Reads a key's name back.
 * @returns undefined for a name that `composeName` would not have written: such a key is not ours
 */
export function parseName(name: string): { label: string; mark: Mark } | undefined {
  const groups = pattern.exec(name)?.groups as Record<Group, string> | undefined;
  const lifetime = groups && readLifetime(groups.lifetime);
  if (!lifetime) return undefined;
  const { label, server, repository, run, attempt, nonce } = groups;
  const mark = {
    ...(server === undefined ? {} : { server }),
    repositoryId: fromBase36(repository),
    runId: fromBase36(run),
    runAttempt: fromBase36(attempt),
    lifetime,
    nonce,
  };
  return composeName(label, mark) === name ? { label, mark } : undefined;
}

/** Whether this action minted the key for this repository under this label, cut or whole; a secret's keys have none. */
export function isLabelled(name: string, label: string, origin: Origin): boolean {
  const mark = parseName(name)?.mark;
  if (!mark || mark.lifetime.kind === 'rotation' || !isFrom(mark, origin)) return false;
  return composeName(label, mark) === name;
}

/** The part of a mark that says where a key was minted, without what else the object holds. */
export function originOf({ server, repositoryId, runId, runAttempt }: RunMark): RunMark {
  return { ...(server === undefined ? {} : { server }), repositoryId, runId, runAttempt };
}

/** Whether both are of the same repository, on the same server. */
export function isFrom(mark: Origin, { server, repositoryId }: Origin): boolean {
  return mark.server === server && mark.repositoryId === repositoryId;
}

function writeLifetime(lifetime: Lifetime): string {
  if (lifetime.kind === 'pull-request') return `p${base36(lifetime.number)}`;
  if (lifetime.kind === 'duration') return `t${base36(lifetime.seconds)}`;
  if (lifetime.kind === 'rotation') return `r${base36(lifetime.graceSeconds)}-${lifetime.secretId}`;
  return lifetime.kind === 'job' ? 'j' : 'm';
}

function readLifetime(text: string): Lifetime | undefined {
  const [first = '', secretId = ''] = text.slice(1).split('-');
  const number = fromBase36(first);
  if (text === 'j') return { kind: 'job' };
  if (text === 'm') return { kind: 'manual' };
  if (!Number.isSafeInteger(number)) return undefined;
  if (text.startsWith('p')) return { kind: 'pull-request', number };
  return text.startsWith('t')
    ? { kind: 'duration', seconds: number }
    : { kind: 'rotation', graceSeconds: number, secretId };
}

function base36(number: number): string {
  return number.toString(36);
}

function fromBase36(text: string): number {
  return Number.parseInt(text, 36);
}

function shorten(label: string, bytes: number): string {
  if (Buffer.byteLength(label) <= bytes) return label;
  const hash = `#${createHash('sha256').update(label).digest('hex').slice(0, 6)}`.slice(0, Math.max(0, bytes));
  return `${cutToBytes(label, bytes - hash.length).trimEnd()}${hash}`;
}

function cutToBytes(text: string, bytes: number): string {
  let used = 0;
  let cut = '';
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) return cut;
    cut += character;
  }
  return cut;
}

/** Whether a key is meant by `key_name`: it has exactly this name, or it was minted for this repository under this label. */
export function isMeantBy(name: string, keyName: string, origin: Origin): boolean {
  return name === keyName || isLabelled(name, keyName, origin);
}
