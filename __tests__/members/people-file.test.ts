import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ownerName } from '../../src/members/owner.ts';
import { PeopleFileError, parsePeopleFile } from '../../src/members/people-file.ts';

const file = '.github/neon-people.yml';

async function read(text: string) {
  const { people, teams, exclude } = await parsePeopleFile(text, file);
  return { people: Object.fromEntries(people), teams: Object.fromEntries(teams), exclude: exclude.map(ownerName) };
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
  it('tells people, teams and exclusions', async () => {
    const text = `people:                      # GitHub login → e-mail, or more
  octocat: octo@example.com
  Hubot: { email: Hubot@Example.com, role: admin, github_id: 480938 }
teams:
  acme/Platform: { role: admin }
exclude: [dependabot, acme/contractors, x@example.com, "renovate[bot]", "@mona"]
`;
    expect(await read(text)).toEqual({
      people: {
        octocat: { email: 'octo@example.com' },
        hubot: { email: 'hubot@example.com', role: 'admin', githubId: 480938 },
      },
      teams: { 'acme/platform': 'admin' },
      exclude: ['@dependabot', '@acme/contractors', 'x@example.com', '@renovate[bot]', '@mona'],
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
  ])('may say nothing: %j', async (text) => {
    expect(await read(text)).toEqual({ people: {}, teams: {}, exclude: [] });
  });

  it.each(['null', 'true', 'yes', '123', '0x1f', '1e3', '~x'.slice(1)])(
    'takes the login %s for the text it is',
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

  it('comes back as it was written', async () => {
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

describe('what is wrong with a people file', () => {
  it.each<[string, string, string[]]>([
    ['a list', '[]', ['1: the file must be a map']],
    ['a text', 'octocat', ['1: the file must be a map']],
    ['an unknown key', 'people: {}\npeopel: {}', ['2: `peopel` is not a key of the file: people, teams, exclude']],
    [
      'an unknown key of a person',
      'people:\n  a: { email: a@b.cd, rule: admin }',
      ['2: `rule` is not a key of a person: email, role, github_id'],
    ],
    [
      'an unknown key of a team',
      'teams:\n  a/b: { role: admin, email: a@b.cd }',
      ['2: `email` is not a key of a team: role'],
    ],
    ['a key in other letters', 'People: {}', ['1: `People` is not a key of the file: people, teams, exclude']],
    ['a section twice', 'people: {}\npeople: {}', ['2: `people` stands there twice']],
    ['a person twice', 'people:\n  a: a@b.cd\n  A: b@b.cd', ['3: `A` stands there twice']],
    ['a team twice', 'teams:\n  a/b: { role: admin }\n  A/B: { role: admin }', ['3: `A/B` stands there twice']],
    [
      'a key of a person twice',
      'people:\n  a: { email: a@b.cd, Email: b@b.cd }',
      ['2: `Email` stands there twice', '2: `Email` is not a key of a person: email, role, github_id'],
    ],
    ['an address of two people', 'people:\n  a: a@b.cd\n  b: A@B.cd', ['3: `b` has the address of `a`']],
    [
      'an account of two people',
      'people:\n  a: { email: a@b.cd, github_id: 7 }\n  b: { email: b@b.cd, github_id: 7 }',
      ['3: `b` has the `github_id` of `a`'],
    ],
    ['an exclusion twice', 'exclude:\n  - a\n  - "@A"', ['3: `@A` stands in `exclude` twice']],
    [
      'no address',
      'people:\n  a:\n  b: {}\n  c: { role: admin }',
      ['2: `` is not an e-mail address', '3: a person without `email`', '4: a person without `email`'],
    ],
    ['what is no address', 'people:\n  a: octo', ['2: `octo` is not an e-mail address']],
    ['a noreply address', 'people:\n  a: 1+a@users.noreply.github.com', ['2: a noreply address leads to nobody']],
    ['a list of addresses', 'people:\n  a: [a@b.cd]', ['2: a text is expected']],
    [
      'an unknown role',
      'people:\n  a: { email: a@b.cd, role: owner }',
      ['2: `owner` is not a role: admin, member, editor, viewer, collaborator'],
    ],
    [
      'a role in other letters',
      'teams:\n  a/b: { role: Admin }',
      ['2: `Admin` is not a role: admin, member, editor, viewer, collaborator'],
    ],
    ['a team without a role', 'teams:\n  a/b: {}', ['2: a team without `role`']],
    ['a team that is a text', 'teams:\n  a/b: admin', ['2: a team must be a map']],
    [
      'a team without an organization',
      'teams:\n  platform: { role: admin }',
      ['2: `platform` is not a team such as `acme/platform`'],
    ],
    ['a login with an @', 'people:\n  "@a": a@b.cd', ['2: `@a` is not a GitHub login']],
    ['a team among people', 'people:\n  a/b: a@b.cd', ['2: `a/b` is not a GitHub login']],
    [
      'an id that is none',
      'people:\n  a: { email: a@b.cd, github_id: 1e3 }',
      ['2: `1e3` is not the number of an account'],
    ],
    [
      'an id beyond 2^53',
      'people:\n  a: { email: a@b.cd, github_id: 9007199254740993 }',
      ['2: `9007199254740993` is not the number of an account'],
    ],
    ['exclusions that are no list', 'exclude: dependabot', ['1: `exclude` must be a list']],
    ['an exclusion that is none', 'exclude: [a b]', ['1: `a b` is not a login, `org/team` or an e-mail address']],
    ['an exclusion of more', 'exclude: [{ a: b }]', ['1: a text is expected']],
    ['a long text', `people:\n  a: ${'x'.repeat(81)}`, [`2: \`${'x'.repeat(80)}\` is not an e-mail address`]],
    ['people that are a list', 'people: [a]', ['1: `people` must be a map']],
    ['teams that are a list', 'teams: [a]', ['1: `teams` must be a map']],
    ['an anchor of a list', 'exclude: &x [a]', ['1: an anchor (`&x`): write it out']],
    ['a file that is too large', 'x'.repeat(1024 * 1024 + 1), ['1: is larger than 1 MB.']],
    ['an anchor', 'people:\n  a: &x a@b.cd', ['2: an anchor (`&x`): write it out']],
    ['an alias', 'people:\n  a: *x', ['2: an alias (`*x`): write it out']],
    [
      'a merge key',
      'people:\n  a: &x { email: a@b.cd }\n  <<: *x',
      ['2: an anchor (`&x`): write it out', '3: `<<` is not a GitHub login', '3: an alias (`*x`): write it out'],
    ],
    ['a tag', 'people:\n  a: !!str a@b.cd', ['2: a tag (`tag:yaml.org,2002:str`): leave it out']],
    ['a tag of their own', 'people: !mine {}', ['1: a tag (`!mine`): leave it out', '1: Unresolved tag: !mine']],
    ['a key that is a list', 'people:\n  ? [a]\n  : a@b.cd', ['2: a text is expected']],
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
  ])('%s', async (_case, text, told) => {
    expect((await problems(text)).sort()).toEqual(told.map((line) => `${file}:${line}`).sort());
  });

  it('is told all at once, by lines', async () => {
    const text = 'people:\n  a: x\n  b: { email: b@b.cd, role: boss }\nteems: {}\nexclude: [a, a]\n';
    const lines = (await problems(text)).map((line) => line.split(':')[1]);
    expect(lines).toEqual(['2', '3', '4', '5']);
    // What YAML itself does not take is found first, and told in its place.
    const broken = 'people:\n  a: x\n  @b: y\n';
    expect((await problems(broken)).map((line) => line.split(':')[1])).toEqual(['2', '3', '3', '3']);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a name like any other', async (name) => {
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
    'people: {a: b@c.de}'.padEnd(1024 * 1024 + 1),
  ])('a hostile one (%#) is an error like any other', async (text) => {
    const told = await problems(text);
    expect(told.length).toBeGreaterThan(0);
    expect(told.join('\n').length).toBeLessThan(2000);
  });

  it('aliases cannot make a small file a large one', async () => {
    const levels = Array.from({ length: 30 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}, *x${i}]`);
    const told = await problems(['x0: &x0 [a]', ...levels].join('\n'));
    expect(told.length).toBeGreaterThan(30);
  });

  it('never ends otherwise than with people or with PeopleFileError', async () => {
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
