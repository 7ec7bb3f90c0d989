import type { LineCounter, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { didYouMean } from '../lib/did-you-mean.ts';
import { isNoreply, maskInvalid, parseEmail } from '../lib/email.ts';
import type { Role } from '../neon/endpoints.ts';
import { type Owner, ownerName, parseEntry, parseName, teamPath } from './owner.ts';
import { parseRole, roles } from './roles.ts';

/** A person of the people file. */
export interface ListedPerson {
  email: string;
  /** Missing: the role of their teams, or the default one. */
  role?: Role | undefined;
  /** GitHub's numeric id of the account, which survives a renamed or newly registered login. */
  githubId?: number | undefined;
}

/** `.github/neon-people.yml`; all names are in lower case. */
export interface PeopleFile {
  /** By login. */
  people: ReadonlyMap<string, ListedPerson>;
  /** By `org/team`: the role of its members. */
  teams: ReadonlyMap<string, Role>;
  exclude: readonly Owner[];
  /** People who own no code. */
  include: readonly Owner[];
}

export const noPeopleFile: PeopleFile = { people: new Map(), teams: new Map(), exclude: [], include: [] };

/** Everything that is wrong with a people file, reported at once. */
export class PeopleFileError extends Error {
  override readonly name = 'PeopleFileError';
}

/** A thousand people are about 50 kB; the largest file that is read takes about a second, whatever is in it. */
export const maxPeopleFileLength = 256 * 1024;

/**
 * Reads a people file (YAML 1.2, every scalar as the text it is). It is strict: what is not understood is an error,
 * because leaving a line out would invite or remove the wrong person.
 * @param file its path, for the errors
 * @throws PeopleFileError with every error, as `file:line: …`
 */
export async function parsePeopleFile(text: string, file: string): Promise<PeopleFile> {
  const report = (line: number, message: string) => `${file}:${line}: ${message}`;
  if (text.length > maxPeopleFileLength) throw new PeopleFileError(report(1, 'the file is larger than 256 kB.'));
  const problems = new Map<number, Set<string>>();
  const reader = new Reader(await readYaml(text), (line, message) => {
    problems.set(line, (problems.get(line) ?? new Set()).add(message));
  });
  const read = reader.readFile();
  if (problems.size === 0) return read;
  const lines = [...problems].sort(([a], [b]) => a - b);
  throw new PeopleFileError(
    lines.flatMap(([line, all]) => [...all].map((message) => report(line, message))).join('\n'),
  );
}

interface Yaml {
  contents: Node | null;
  lines: LineCounter;
  errors: { line: number; message: string }[];
  isMap: (node: unknown) => node is YAMLMap<Scalar, Node | null>;
  isSeq: (node: unknown) => node is { items: Node[] };
  isScalar: (node: unknown) => node is Scalar;
}

async function readYaml(text: string): Promise<Yaml> {
  const { parseDocument, LineCounter, isMap, isSeq, isScalar } = await import('yaml');
  const lines = new LineCounter();
  const kinds = { isMap, isSeq, isScalar } as Pick<Yaml, 'isMap' | 'isSeq' | 'isScalar'>;
  // `failsafe`: null, true and 0x1f are logins like any other. Duplicates are found here, without letter case.
  // Pretty errors quote the lines around, which may hold addresses, and take quadratic time.
  const options = { schema: 'failsafe', uniqueKeys: false, lineCounter: lines, prettyErrors: false } as const;
  const document = parseDocument(text, options);
  const errors = [...document.errors, ...document.warnings].map(({ pos: [at], message }) => ({
    line: lines.linePos(at).line || 1,
    message: message.split(' ').map(maskInvalid).join(' '),
  }));
  return { contents: document.contents, lines, errors, ...kinds };
}

type Report = (line: number, message: string) => void;

/** Walks the document and reports what is wrong with it. */
class Reader {
  private readonly yaml: Yaml;
  private readonly report: Report;

  constructor(yaml: Yaml, report: Report) {
    this.yaml = yaml;
    this.report = report;
    for (const { line, message } of yaml.errors) report(line, message);
  }

  readFile(): PeopleFile {
    const people = new Map<string, ListedPerson>();
    const teams = new Map<string, Role>();
    const exclude: Owner[] = [];
    const include: Owner[] = [];
    if (this.yaml.contents === null) return noPeopleFile;
    const sections: Record<string, (node: Node | null) => void> = {
      people: (node) => this.readPeople(node, people),
      teams: (node) => this.readTeams(node, teams),
      exclude: (node) => exclude.push(...this.readEntries(node, 'exclude')),
      include: (node) => include.push(...this.readEntries(node, 'include')),
    };
    this.readKeys(this.yaml.contents, 'the file', sections);
    this.checkNotExcluded(include, exclude);
    return { people, teams, exclude, include };
  }

  private readPeople(node: Node | null, people: Map<string, ListedPerson>): void {
    const owners = new Map<string | number, string>();
    for (const [key, value] of this.entries(node, '`people`') ?? []) {
      const name = this.parsed(key, parseUser, 'is not a GitHub login');
      const person = this.readPerson(value ?? key);
      if (!name || !person) continue;
      this.checkAlone(key, name.login, person.email, owners);
      if (person.githubId !== undefined) this.checkAlone(key, name.login, person.githubId, owners);
      people.set(name.login, person);
    }
  }

  /** An address or an account has one login. */
  private checkAlone(key: Node, login: string, mark: string | number, owners: Map<string | number, string>): void {
    const other = owners.get(mark);
    const what = typeof mark === 'string' ? 'address' : '`github_id`';
    if (other !== undefined) this.at(key, `\`${login}\` has the same ${what} as \`${other}\``);
    owners.set(mark, login);
  }

  /** `octo@example.com` or `{ email, role, github_id }`. */
  private readPerson(node: Node): ListedPerson | undefined {
    if (!this.yaml.isMap(node)) {
      const email = this.email(node);
      return email === undefined ? undefined : { email };
    }
    const person: { email?: string; role?: Role; githubId?: number } = {};
    const seen = this.readKeys(node, 'a person', {
      email: (value) => put(person, 'email', this.email(value)),
      role: (value) => put(person, 'role', this.role(value)),
      github_id: (value) => put(person, 'githubId', this.parsed(value, parseId, 'is not the numeric ID of an account')),
    });
    if (!seen?.has('email')) this.at(node, '`email` is missing');
    const { email } = person;
    return email === undefined ? undefined : { ...person, email };
  }

  private readTeams(node: Node | null, teams: Map<string, Role>): void {
    for (const [key, value] of this.entries(node, '`teams`') ?? []) {
      const name = this.parsed(key, parseTeam, 'is not a team such as `acme/platform`');
      const team: { role?: Role } = {};
      const seen = this.readKeys(value ?? key, 'a team', { role: (role) => put(team, 'role', this.teamRole(role)) });
      if (seen && !seen.has('role')) this.at(key, '`role` is missing');
      if (name && team.role) teams.set(teamPath(name), team.role);
    }
  }

  /** Reads `exclude` or `include`. */
  private readEntries(node: Node | null, section: string): Owner[] {
    if (this.isNothing(node)) return [];
    this.checkPlain(node);
    if (!this.yaml.isSeq(node)) {
      this.at(node, `\`${section}\` must be a list`);
      return [];
    }
    const seen = new Set<string>();
    return node.items.flatMap((item) => {
      const owner = this.parsed(item, parseEntry, 'is not a login, `org/team` or an e-mail address');
      if (!owner) return [];
      if (seen.has(ownerName(owner))) this.reportAt(item, `is listed twice in \`${section}\``);
      seen.add(ownerName(owner));
      return [owner];
    });
  }

  private checkNotExcluded(include: Owner[], exclude: Owner[]): void {
    const excluded = new Set(exclude.map(ownerName));
    for (const name of include.map(ownerName))
      if (excluded.has(name)) this.at(this.yaml.contents, `\`${name}\` is both in \`include\` and in \`exclude\``);
  }

  private email(node: Node | null): string | undefined {
    const email = this.parsed(node, parseEmail, 'is not an e-mail address');
    if (email !== undefined && isNoreply(email)) this.at(node, 'a noreply address receives no mail');
    return email;
  }

  private role(node: Node | null): Role | undefined {
    return this.parsed(node, parseRole, (text) => `is not a role${didYouMean(text, roles)}: ${roles.join(', ')}`);
  }

  /** Team maintainers add people without a commit, so a team must not make people admins. */
  private teamRole(node: Node | null): Role | undefined {
    const role = this.role(node);
    if (role === 'admin') this.at(node, '`admin` cannot be the role of a team; assign it per person in `people`');
    return role;
  }

  private parsed<T>(
    node: Node | null,
    parse: (text: string) => T | undefined,
    complaint: string | ((text: string) => string),
  ): T | undefined {
    const text = this.text(node);
    const value = text === undefined ? undefined : parse(text);
    if (text !== undefined && value === undefined)
      this.reportAt(node, typeof complaint === 'string' ? complaint : complaint(text));
    return value;
  }

  /** @returns the keys that are there, of a map that has no others; undefined when it is no map */
  private readKeys(
    node: Node,
    what: string,
    readers: Record<string, (node: Node | null) => void>,
  ): Set<string> | undefined {
    const entries = this.entries(node, what);
    const names = Object.keys(readers);
    for (const [key, value] of entries ?? []) {
      const name = String(key.value);
      if (Object.hasOwn(readers, name)) readers[name]?.(value);
      else this.reportAt(key, `is not a key of ${what}${didYouMean(name, names)}: ${names.join(', ')}`);
    }
    return entries && new Set(entries.map(([key]) => String(key.value)));
  }

  /** @returns the entries of a map, each key once, whatever its letter case; undefined when it is no map */
  private entries(node: Node | null, what: string): [Scalar, Node | null][] | undefined {
    if (this.isNothing(node)) return [];
    this.checkPlain(node);
    if (!this.yaml.isMap(node)) {
      this.at(node, `${what} must be a map`);
      return undefined;
    }
    const seen = new Set<string>();
    return node.items.flatMap(({ key, value }: Pair<Scalar, Node | null>) => {
      const name = this.text(key)?.toLowerCase();
      if (name === undefined) return [];
      if (seen.has(name)) this.reportAt(key, 'is listed twice');
      seen.add(name);
      return [[key, value] as [Scalar, Node | null]];
    });
  }

  private text(node: Node | null): string | undefined {
    this.checkPlain(node);
    if (this.yaml.isScalar(node)) return String(node.value ?? '');
    if (node !== null && !this.isAlias(node)) this.at(node, 'must be a text');
    return undefined;
  }

  /** No YAML feature may change the meaning of a line. */
  private checkPlain(node: Node | null): void {
    const { anchor, tag, source } = (node ?? {}) as { anchor?: string; tag?: string; source?: string };
    if (node && this.isAlias(node)) this.at(node, `the alias \`*${source ?? ''}\` is not supported; repeat the value`);
    if (anchor) this.at(node, `the anchor \`&${anchor}\` is not supported; repeat the value`);
    if (tag) this.at(node, `the tag \`${tag}\` is not supported; remove it`);
  }

  private isAlias(node: Node): boolean {
    return !(this.yaml.isScalar(node) || this.yaml.isMap(node) || this.yaml.isSeq(node));
  }

  private isNothing(node: Node | null): node is null {
    return node === null || (this.yaml.isScalar(node) && (node.value === null || node.value === '') && !node.tag);
  }

  private reportAt(node: Node | null, message: string): void {
    // What was to be an address may be one, however it is misspelled.
    const text = this.yaml.isScalar(node) ? maskInvalid(String(node.value ?? '').slice(0, 80)) : '';
    this.at(node, `\`${text}\` ${message}`);
  }

  private at(node: Node | null, message: string): void {
    const offset = node?.range?.[0] ?? 0;
    this.report(this.yaml.lines.linePos(offset).line || 1, message);
  }
}

function put<T extends object, K extends keyof T>(target: T, key: K, value: T[K] | undefined): void {
  if (value !== undefined) target[key] = value;
}

function parseUser(text: string) {
  const name = parseName(text);
  return name?.kind === 'user' ? name : undefined;
}

function parseTeam(text: string) {
  const name = parseName(text);
  return name?.kind === 'team' ? name : undefined;
}

function parseId(text: string): number | undefined {
  return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}
