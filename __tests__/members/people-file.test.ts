import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ownerName } from '../../src/members/owner.ts';
import { PeopleFileError, parsePeopleFile } from '../../src/members/people-file.ts';

const file = '.github/neon-people.yml';

async function read(text: string) {
  const { people, teams, exclude, include } = await parsePeopleFile(text, file);
  return {
    people: Object.fromEntries(people),
    teams: Object.fromEntries(teams),
    exclude: exclude.map(ownerName),
    include: include.map(ownerName),
  };
}

async function problems(text: string): Promise<string[]> {
  try {
    await read(text);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(PeopleFileError);
    return (error as Error).message.split('\n');
  }
}

describe('a people file', () => {
  it('has people, teams, exclusions and inclusions', async () => {
    const text = `people:                      # GitHub login → e-mail, or more
  octocat: octo@example.com
  Hubot: { email: Hubot@Example.com, role: admin, github_id: 480938 }
teams:
  acme/Platform: { role: editor }
exclude: [dependabot, acme/contractors, x@example.com, "renovate[bot]", "@mona"]
include: [lovelace, acme/support, Board@Example.com]
`;
    expect(await read(text)).toEqual({
      people: {
        octocat: { email: 'octo@example.com' },
        hubot: { email: 'hubot@example.com', role: 'admin', githubId: 480938 },
      },
      teams: { 'acme/platform': 'editor' },
      exclude: ['@dependabot', '@acme/contractors', 'x@example.com', '@renovate[bot]', '@mona'],
      include: ['@lovelace', '@acme/support', 'board@example.com'],
    });
  });

  it.each([
    '',
    '\n',
    '# nothing',
    '---',
    '{}',
    'people:',
    'people: {}\nteams:\nexclude:',
    'exclude: []',
    '\ufeffpeople:',
  ])('may be empty: %j', async (text) => {
    expect(await read(text)).toEqual({ people: {}, teams: {}, exclude: [], include: [] });
  });

  it.each(['null', 'true', 'yes', '123', '0x1f', '1e3', '~x'.slice(1)])(
    'can have the login %s, as text',
    async (login) => {
      expect(await read(`people:\n  ${login}: a@example.com`)).toMatchObject({
        people: { [login]: { email: 'a@example.com' } },
      });
    },
  );

  it('may be written in any style of YAML', async () => {
    const text = '{"people": {"a": {"email": "a@example.com", "github_id": "7"}}, "exclude": ["b"]}';
    expect(await read(text)).toMatchObject({ people: { a: { githubId: 7 } }, exclude: ['@b'] });
  });

  it('can be written and read back', async () => {
    const login = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
    const person = fc.record({ role: fc.constantFrom('admin', 'member', 'viewer'), github_id: fc.integer({ min: 1 }) });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(login, person, { maxKeys: 8 }), async (people) => {
        const entries = Object.entries(people).map(([name, rest], i) => [
          name,
          { email: `p${i}@example.com`, ...rest, github_id: rest.github_id + i },
        ]);
        fc.pre(new Set(entries.map(([, rest]) => (rest as { github_id: number }).github_id)).size === entries.length);
        const result = await read(stringify({ people: Object.fromEntries(entries) }));
        expect(Object.keys(result.people).sort()).toEqual(Object.keys(people).sort());
        for (const [name, { role }] of Object.entries(people)) expect(result.people[name]?.role).toBe(role);
      }),
    );
  });
});

describe('the problems of a people file', () => {
  it.each<[string, string, string[]]>([
    ['a list', '[]', ['1: the file must be a map']],
    ['text', 'octocat', ['1: the file must be a map']],
    [
      'an unknown key',
      'people: {}\npeopel: {}',
      ['2: `peopel` is not a key of the file (did you mean `people`?): people, teams, exclude, include'],
    ],
    [
      'an unknown key of a person',
      'people:\n  a: { email: a@b.cd, rule: admin }',
      ['2: `rule` is not a key of a person (did you mean `role`?): email, role, github_id'],
    ],
    [
      'an unknown key of a team',
      'teams:\n  a/b: { role: viewer, email: a@b.cd }',
      ['2: `email` is not a key of a team: role'],
    ],
    [
      'a misspelled key of a person',
      'people:\n  a: { emial: a@b.cd }',
      ['2: `email` is missing', '2: `emial` is not a key of a person (did you mean `email`?): email, role, github_id'],
    ],
    [
      'a key that resembles no other',
      'owners: {}',
      ['1: `owners` is not a key of the file: people, teams, exclude, include'],
    ],
    [
      'a key in other letters',
      'People: {}',
      ['1: `People` is not a key of the file (did you mean `people`?): people, teams, exclude, include'],
    ],
    ['a section twice', 'people: {}\npeople: {}', ['2: `people` is listed twice']],
    ['a person twice', 'people:\n  a: a@b.cd\n  A: b@b.cd', ['3: `A` is listed twice']],
    ['a team twice', 'teams:\n  a/b: { role: viewer }\n  A/B: { role: viewer }', ['3: `A/B` is listed twice']],
    [
      'a key of a person twice',
      'people:\n  a: { email: a@b.cd, Email: b@b.cd }',
      [
        '2: `Email` is listed twice',
        '2: `Email` is not a key of a person (did you mean `email`?): email, role, github_id',
      ],
    ],
    ['an address of two people', 'people:\n  a: a@b.cd\n  b: A@B.cd', ['3: `b` has the same address as `a`']],
    [
      'an account of two people',
      'people:\n  a: { email: a@b.cd, github_id: 7 }\n  b: { email: b@b.cd, github_id: 7 }',
      ['3: `b` has the same `github_id` as `a`'],
    ],
    ['an exclusion twice', 'exclude:\n  - a\n  - "@A"', ['3: `@A` is listed twice in `exclude`']],
    [
      'no address',
      'people:\n  a:\n  b: {}\n  c: { role: admin }',
      ['2: `` is not an e-mail address', '3: `email` is missing', '4: `email` is missing'],
    ],
    ['what is no address', 'people:\n  a: octo', ['2: `octo` is not an e-mail address']],
    ['a noreply address', 'people:\n  a: 1+a@users.noreply.github.com', ['2: a noreply address receives no mail']],
    ['a list of addresses', 'people:\n  a: [a@b.cd]', ['2: must be text']],
    [
      'an unknown role',
      'people:\n  a: { email: a@b.cd, role: owner }',
      ['2: `owner` is not a role: admin, member, editor, viewer, collaborator'],
    ],
    [
      'a misspelled role',
      'people:\n  a: { email: a@b.cd, role: memebr }',
      ['2: `memebr` is not a role (did you mean `member`?): admin, member, editor, viewer, collaborator'],
    ],
    [
      'a role in other letters',
      'teams:\n  a/b: { role: Admin }',
      ['2: `Admin` is not a role (did you mean `admin`?): admin, member, editor, viewer, collaborator'],
    ],
    ['a team without a role', 'teams:\n  a/b: {}', ['2: `role` is missing']],
    ['a team that is a text', 'teams:\n  a/b: admin', ['2: a team must be a map']],
    [
      'a team without an organization',
      'teams:\n  platform: { role: viewer }',
      ['2: `platform` is not a team such as `acme/platform`'],
    ],
    ['a login with an @', 'people:\n  "@a": a@b.cd', ['2: `@a` is not a GitHub login']],
    ['a team among people', 'people:\n  a/b: a@b.cd', ['2: `a/b` is not a GitHub login']],
    [
      'an invalid id',
      'people:\n  a: { email: a@b.cd, github_id: 1e3 }',
      ['2: `1e3` is not the numeric ID of an account'],
    ],
    [
      'an id beyond 2^53',
      'people:\n  a: { email: a@b.cd, github_id: 9007199254740993 }',
      ['2: `9007199254740993` is not the numeric ID of an account'],
    ],
    ['exclusions that are no list', 'exclude: dependabot', ['1: `exclude` must be a list']],
    ['an invalid exclusion', 'exclude: [a b]', ['1: `a b` is not a login, `org/team` or an e-mail address']],
    ['an exclusion of more', 'exclude: [{ a: b }]', ['1: must be text']],
    ['a long text', `people:\n  a: ${'x'.repeat(81)}`, [`2: \`${'x'.repeat(80)}\` is not an e-mail address`]],
    ['a malformed address', 'people:\n  a: octo@localhost', ['2: `o***o@localhost` is not an e-mail address']],
    [
      'an address with a space',
      'exclude: [octo cat@x]',
      ['1: `o***t@x` is not a login, `org/team` or an e-mail address'],
    ],
    [
      'a team of admins',
      'teams:\n  a/b: { role: admin }',
      ['2: `admin` cannot be the role of a team; assign it per person in `people`'],
    ],
    [
      'an entry that is included and excluded',
      'include: [a, b@x.io]\nexclude: [B@x.io]',
      ['1: `b@x.io` is both in `include` and in `exclude`'],
    ],
    ['inclusions that are not a list', 'include: octocat', ['1: `include` must be a list']],
    ['people that are a list', 'people: [a]', ['1: `people` must be a map']],
    ['teams that are a list', 'teams: [a]', ['1: `teams` must be a map']],
    ['an anchor of a list', 'exclude: &x [a]', ['1: the anchor `&x` is not supported; repeat the value']],
    ['a file that is too large', 'x'.repeat(256 * 1024 + 1), ['1: the file is larger than 256 kB']],
    ['an anchor', 'people:\n  a: &x a@b.cd', ['2: the anchor `&x` is not supported; repeat the value']],
    ['an alias', 'people:\n  a: *x', ['2: the alias `*x` is not supported; repeat the value']],
    [
      'a merge key',
      'people:\n  a: &x { email: a@b.cd }\n  <<: *x',
      [
        '2: the anchor `&x` is not supported; repeat the value',
        '3: `<<` is not a GitHub login',
        '3: the alias `*x` is not supported; repeat the value',
      ],
    ],
    ['a tag', 'people:\n  a: !!str a@b.cd', ['2: the tag `tag:yaml.org,2002:str` is not supported; remove it']],
    [
      'a tag of their own',
      'people: !mine {}',
      ['1: the tag `!mine` is not supported; remove it', '1: Unresolved tag: !mine'],
    ],
    ['a key that is a list', 'people:\n  ? [a]\n  : a@b.cd', ['2: must be text']],
    [
      'a second document',
      'people: {}\n---\npeople: {}',
      ['2: Source contains multiple documents; please use YAML.parseAllDocuments()'],
    ],
    [
      'a reserved character',
      'people:\n  @a: a@b.cd',
      ['2: Plain value cannot start with reserved character @', '2: `@a` is not a GitHub login'],
    ],
  ])('include %s', async (_case, text, expected) => {
    expect((await problems(text)).sort()).toEqual(expected.map((line) => `${file}:${line}`).sort());
  });

  it('are all reported at once, with their lines', async () => {
    const text = 'people:\n  a: x\n  b: { email: b@b.cd, role: boss }\nteems: {}\nexclude: [a, a]\n';
    const lines = (await problems(text)).map((line) => line.split(':')[1]);
    expect(lines).toEqual(['2', '3', '4', '5']);
    // Errors of YAML itself are found first, and reported in their place.
    const broken = 'people:\n  a: x\n  @b: y\n';
    expect((await problems(broken)).map((line) => line.split(':')[1])).toEqual(['2', '3', '3', '3']);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('do not include the login %s', async (name) => {
    for (const text of [
      `${name}: {}`,
      `people:\n  a: { email: a@b.cd, ${name}: 1 }`,
      `teams:\n  a/b: { ${name}: 1 }`,
    ]) {
      expect((await problems(text)).join()).toContain(`\`${name}\` is not a key`);
    }
    expect((await parsePeopleFile('people:', file)).people.get(name)).toBeUndefined();
    expect(({} as Record<string, unknown>)['email']).toBeUndefined();
  });

  it.each([
    '['.repeat(100_000),
    '{a: '.repeat(50_000),
    '- '.repeat(50_000),
    'people: {a: b@c.de}'.padEnd(256 * 1024 + 1),
  ])('include hostile content (%#)', async (text) => {
    const found = await problems(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found.join('\n').length).toBeLessThan(2000);
  });

  it.each(["'\t", '"\n', "a: '\n", "'' '' \n"])(
    'are found in linear time in %j up to the largest size',
    async (unit) => {
      const found = await problems(unit.repeat(Math.floor((256 * 1024) / unit.length)));
      expect(found.length).toBeGreaterThan(0);
    },
  );

  it('are found in linear time in a tag that looks like an address', async () => {
    expect(await problems(`people:\n  carol: !x@${'a'.repeat(250_000)} y\n`)).not.toEqual([]);
  });

  it('include aliases, which could make a small file large', async () => {
    const levels = Array.from({ length: 30 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}, *x${i}]`);
    const found = await problems(['x0: &x0 [a]', ...levels].join('\n'));
    expect(found.length).toBeGreaterThan(30);
  });

  it('are the only reason to reject a file', async () => {
    const piece = fc.constantFrom(
      'people:',
      '\n',
      '  ',
      'a',
      ': ',
      '*a',
      '&a',
      '!!',
      '[',
      '{',
      '}',
      '- ',
      '|',
      '"',
      "'",
      '@',
      '\t',
      '#',
      '?',
      '---',
      '<<',
      'a@b.cd',
    );
    await fc.assert(fc.asyncProperty(fc.array(piece), async (pieces) => void (await problems(pieces.join('')))));
  });
});
