import type { LineCounter, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { didYouMean } from '../lib/did-you-mean.ts';
import { isNoreply, maskInvalid, parseEmail } from '../lib/email.ts';
import type { Role } from '../neon/endpoints.ts';
import { type Owner, ownerName, parseEntry, parseName, teamPath } from './owner.ts';
import { parseRole, roles } from './roles.ts';

/** A person in the people file. */
export interface ListedPerson {
  email: string;
  /** Missing if the role of a team or the default role applies. */
  role?: Role | undefined;
  /** The numeric ID of the GitHub account. Unlike a login, it never changes or passes to someone else. */
  githubId?: number | undefined;
}

/** `.github/neon-people.yml`. Names are in lower case. */
export interface PeopleFile {
  /** By login. */
  people: ReadonlyMap<string, ListedPerson>;
  /** The roles of members of teams, by `org/team`. */
  teams: ReadonlyMap<string, Role>;
  exclude: readonly Owner[];
  /** People who own no code. */
  include: readonly Owner[];
}

export const noPeopleFile: PeopleFile = { people: new Map(), teams: new Map(), exclude: [], include: [] };

/** All errors in a people file. */
export class PeopleFileError extends Error {
  override readonly name = 'PeopleFileError';
}

/** A thousand people need about 50 kB. Reading the largest file takes about a second, regardless of its contents. */
export const maxPeopleFileLength = 256 * 1024;

/**
 * Reads a people file (YAML 1.2, in which every scalar is text). Anything that is not understood is an error, because
 * ignoring a line could invite or remove the wrong person.
 * @param file the path, for the errors
 * @throws PeopleFileError with every error, as `file:line: …`
 */
export async function parsePeopleFile(text: string, file: string): Promise<PeopleFile> {
  const report = (line: number, message: string) => `${file}:${line}: ${message}`;
  if (text.length > maxPeopleFileLength) throw new PeopleFileError(report(1, 'the file is larger than 256 kB'));
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
  // With `failsafe`, null, true and 0x1f are logins like any other. `uniqueKeys` does not ignore case.
  // Pretty errors quote the surrounding lines, which may contain addresses, and take quadratic time.
  const options = { schema: 'failsafe', uniqueKeys: false, lineCounter: lines, prettyErrors: false } as const;
  const document = parseDocument(text, options);
  const errors = [...document.errors, ...document.warnings].map(({ pos: [at], message }) => ({
    line: lines.linePos(at).line || 1,
    message: message.split(' ').map(maskInvalid).join(' '),
  }));
  return { contents: document.contents, lines, errors, ...kinds };
}

type Report = (line: number, message: string) => void;

/** Reads the document and reports its errors. */
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
    const logins = new Map<string | number, string>();
    for (const [key, value] of this.entries(node, '`people`') ?? []) {
      const name = this.parsed(key, parseUser, 'is not a GitHub login');
      const person = this.readPerson(value ?? key);
      if (!name || !person) continue;
      this.checkUnique(key, name.login, person.email, logins);
      if (person.githubId !== undefined) this.checkUnique(key, name.login, person.githubId, logins);
      people.set(name.login, person);
    }
  }

  /** Reports an address or ID that another login has. */
  private checkUnique(key: Node, login: string, value: string | number, logins: Map<string | number, string>): void {
    const other = logins.get(value);
    const what = typeof value === 'string' ? 'address' : '`github_id`';
    if (other !== undefined) this.at(key, `\`${login}\` has the same ${what} as \`${other}\``);
    logins.set(value, login);
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
    if (this.isEmpty(node)) return [];
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

  /** Reads a map, and reports unknown keys. @returns its keys; undefined if it is not a map */
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

  /** Reports duplicate keys, ignoring case. @returns the entries of a map; undefined if it is not a map */
  private entries(node: Node | null, what: string): [Scalar, Node | null][] | undefined {
    if (this.isEmpty(node)) return [];
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
    if (node !== null && !this.isAlias(node)) this.at(node, 'must be text');
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

  private isEmpty(node: Node | null): node is null {
    return node === null || (this.yaml.isScalar(node) && (node.value === null || node.value === '') && !node.tag);
  }

  private reportAt(node: Node | null, message: string): void {
    // The text may be a misspelled address.
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
