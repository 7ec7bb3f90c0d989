import { createHash } from 'node:crypto';

/** What keeps a key active. `inSecret`: the key was created for a GitHub secret. */
export type Lifetime =
  | { kind: 'job' }
  | { kind: 'pull-request'; number: number; inSecret?: boolean | undefined }
  | { kind: 'manual'; inSecret?: boolean | undefined }
  | { kind: 'duration'; seconds: number; inSecret?: boolean | undefined }
  /** `rotate-key` stores the key in the secret with this id. `graceSeconds` is the value of `grace` at that time. */
  | { kind: 'rotation'; graceSeconds: number; secretId: string };

/** The repository that a key was minted for. */
export interface KeyOrigin {
  /** Three letters and digits for a GitHub server other than github.com, which has its own ids. Missing: github.com. */
  server?: string | undefined;
  repositoryId: number;
}

/** What the name of a key records about its origin, because Neon stores no other metadata. */
export interface Mark extends KeyOrigin {
  runId: number;
  runAttempt: number;
  lifetime: Lifetime;
  /** Lower-case letters and digits. Makes the name unique, so that a key can be found after a lost response. */
  nonce: string;
}

/** The workflow run that a key belongs to. */
export type RunMark = Omit<Mark, 'lifetime' | 'nonce'>;

/** Neon's limit for key_name (OpenAPI, ApiKeyCreateRequest), in bytes: this fits even if Neon counts characters. */
const maxNameBytes = 64;
const pattern =
  /^(?<label>.*?) ?~gh(?:a|-(?<server>[0-9a-z]{3}))\.(?<repository>[0-9a-z]+)\.(?<run>[0-9a-z]+)-(?<attempt>[0-9a-z]+)\.(?<lifetime>j|s?m|s?[pt][0-9a-z]+|r[0-9a-z]+-[0-9a-z]{10})\.(?<nonce>[0-9a-z]+)$/s;
type Group = 'label' | 'server' | 'repository' | 'run' | 'attempt' | 'lifetime' | 'nonce';

/**
 * Writes a key's name: `<label> ~gha.<repository id>.<run id>-<attempt>.<lifetime>.<nonce>`, with numbers in base 36, and
 * `~gh-<server>` instead of `~gha` for a server other than github.com. A long label is cut to fit.
 */
export function composeKeyName(label: string, mark: Mark): string {
  const suffix = writeMark(mark);
  const fitting = fitLabel(label, mark, suffix);
  return fitting ? `${fitting} ${suffix}` : suffix;
}

/**
 * Reads the name of a key.
 * @returns undefined for a name that `composeKeyName` would not have written: such a key is not ours
 */
export function parseKeyName(name: string): { label: string; mark: Mark } | undefined {
  const groups = pattern.exec(name)?.groups as Record<Group, string> | undefined;
  const lifetime = groups && readLifetime(groups.lifetime);
  if (!lifetime) return undefined;
  const { label, server, repository, run, attempt, nonce } = groups;
  const mark = {
    server,
    repositoryId: fromBase36(repository),
    runId: fromBase36(run),
    runAttempt: fromBase36(attempt),
    lifetime,
    nonce,
  };
  return composeKeyName(label, mark) === name ? { label, mark } : undefined;
}

/**
 * Whether this action minted the key for this repository under this label, whole or shortened. Keys of a rotation belong
 * to their secret, not to a label. A shortened label matches only by its whole hash; the 24-bit hashes of earlier versions
 * (`#0f45e8`) are too short to identify a key.
 */
export function hasLabel(name: string, label: string, origin: KeyOrigin): boolean {
  const parsed = parseKeyName(name);
  if (!parsed || parsed.mark.lifetime.kind === 'rotation' || !isFrom(parsed.mark, origin)) return false;
  return fitLabel(label, parsed.mark, writeMark(parsed.mark)) === parsed.label;
}

/**
 * How long after its mint a key can still be written to a GitHub secret, in milliseconds. The installation token of a
 * GitHub App expires after one hour; the rest allows for requests in progress and clocks that differ.
 */
export const storedWithinMs = 2 * 3_600_000;

/** Whether a GitHub secret may hold the key: such a key is not revoked while a step may still be storing it. */
export function mayBeInSecret(lifetime: Lifetime): boolean {
  return lifetime.kind === 'rotation' || (lifetime.kind !== 'job' && lifetime.inSecret === true);
}

/** Picks the properties that identify the workflow run. */
export function originOf({ server, repositoryId, runId, runAttempt }: RunMark): RunMark {
  return { server, repositoryId, runId, runAttempt };
}

/** Whether both belong to the same repository on the same server. */
export function isFrom(mark: KeyOrigin, { server, repositoryId }: KeyOrigin): boolean {
  return mark.server === server && mark.repositoryId === repositoryId;
}

function writeMark({ server, repositoryId, runId, runAttempt, lifetime, nonce }: Mark): string {
  const github = server === undefined ? '~gha' : `~gh-${server}`;
  return `${github}.${base36(repositoryId)}.${base36(runId)}-${base36(runAttempt)}.${writeLifetime(lifetime)}.${nonce}`;
}

function writeLifetime(lifetime: Lifetime): string {
  if (lifetime.kind === 'job') return 'j';
  if (lifetime.kind === 'rotation') return `r${base36(lifetime.graceSeconds)}-${lifetime.secretId}`;
  const letter = lifetime.inSecret ? 's' : '';
  if (lifetime.kind === 'pull-request') return `${letter}p${base36(lifetime.number)}`;
  return lifetime.kind === 'duration' ? `${letter}t${base36(lifetime.seconds)}` : `${letter}m`;
}

/** @param text a lifetime that matches `pattern` */
function readLifetime(text: string): Lifetime | undefined {
  const [, secretLetter, kind, digits = '', secretId = ''] = /^(s?)([jmptr])([^-]*)-?(.*)$/.exec(text) ?? [];
  const inSecret = secretLetter ? { inSecret: true } : {};
  if (kind === 'j') return { kind: 'job' };
  if (kind === 'm') return { kind: 'manual', ...inSecret };
  const number = fromBase36(digits);
  if (!Number.isSafeInteger(number)) return undefined;
  if (kind === 'p') return { kind: 'pull-request', number, ...inSecret };
  return kind === 't'
    ? { kind: 'duration', seconds: number, ...inSecret }
    : { kind: 'rotation', graceSeconds: number, secretId };
}

function base36(number: number): string {
  return number.toString(36);
}

function fromBase36(text: string): number {
  return Number.parseInt(text, 36);
}

/** Base-36 digits of the hash of a shortened label: 51 bits, so that two labels of a repository do not collide. */
const hashDigits = 10;

/**
 * The label as it appears in the name. A shortened label keeps the number at its end, as in `preview envi..464#k3j2h1g0f9`, and
 * ends in a hash of the whole label. Keys of a rotation have the id of their secret, so they need no hash.
 * @returns undefined if not even the hash fits into the name
 */
function fitLabel(label: string, { lifetime }: Mark, suffix: string): string | undefined {
  const whole = label.trim().toWellFormed();
  const room = maxNameBytes - suffix.length - 1;
  if (Buffer.byteLength(whole) <= room) return whole;
  const hash = lifetime.kind === 'rotation' ? '' : `#${hashOfLabel(whole)}`;
  if (room < hash.length) return undefined;
  const number = /\d{1,6}$/.exec(whole)?.[0];
  const end = number === undefined ? '' : `..${number}`;
  const kept = room - hash.length - end.length;
  return kept < end.length
    ? `${cutToBytes(whole, room - hash.length).trimEnd()}${hash}`
    : `${cutToBytes(whole, kept).trimEnd()}${end}${hash}`;
}

function hashOfLabel(label: string): string {
  const number = createHash('sha256').update(label).digest().readBigUInt64BE();
  return number.toString(36).padStart(hashDigits, '0').slice(-hashDigits);
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

/** Whether `key_name` is this key's exact name, or the label under which it was minted for this repository. */
export function matchesKeyName(name: string, keyName: string, origin: KeyOrigin): boolean {
  return name === keyName || hasLabel(name, keyName, origin);
}

/** Whether a key has the whole mark of a lease's name, including the nonce. The label may differ, because Neon may change it. */
export function hasMarkOf(name: string, leaseName: string): boolean {
  const at = leaseName.lastIndexOf('~gh');
  return name === leaseName || (at >= 0 && name.endsWith(leaseName.slice(at)));
}
