import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PolicyError, parsePolicy } from '../../../broker/policy/parse.ts';
import { policyJsonSchema } from '../../../broker/policy/schema.ts';
import { audience } from '../issuer.ts';
import { policyText } from '../world.ts';

const root = join(import.meta.dirname, '../../..');
const example = readFileSync(join(root, 'examples/neon-broker-policy.yml'), 'utf8');
const schema = JSON.parse(readFileSync(join(root, 'broker/policy.schema.json'), 'utf8'));

/** @returns each problem as `line path: message` */
function problemsOf(text: string): string[] {
  try {
    parsePolicy(text);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.problems.map(({ line, path, message }) => `${line} ${path}: ${message}`);
  }
}

const with_ = (from: string, to: string) => {
  expect(policyText).toContain(from);
  return policyText.replace(from, to);
};

describe('parsePolicy', () => {
  it('reads a policy, with the lifetime in seconds and a hash of the text', () => {
    const { policy, hash } = parsePolicy(policyText);
    expect(policy.grants[0]).toMatchObject({ lifetime: 3600, dependabot: false });
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect(parsePolicy(`${policyText}# a comment\n`).hash).not.toBe(hash);
  });

  it('limits the lifetime of keys to one hour by default, and to six hours at most', () => {
    expect(parsePolicy(with_('    lifetime: 1h\n', '')).policy.grants[0]?.lifetime).toBe(3600);
    expect(parsePolicy(with_('1h', '6h')).policy.grants[0]?.lifetime).toBe(21_600);
    expect(problemsOf(with_('1h', '361m'))).toEqual(['9 grants[0].lifetime: must be at most 6h']);
  });

  it('reads an audience with a slash at its end as the same audience without it', () => {
    const slashed = with_(`audience: ${audience}`, `audience: ${audience}/`);
    expect(parsePolicy(slashed).policy.audience).toBe(audience);
  });

  it('accepts an empty list of grants, which stops minting', () => {
    expect(parsePolicy(policyText.replace(/grants:.*/s, 'grants: []\n')).policy.grants).toEqual([]);
  });

  it.each([
    ['an unknown key', with_('    when:', '    until: never\n    when:'), '5 grants[0]: unknown key: until'],
    ['an unknown condition', with_('      ref:', '      sub: x\n      ref:'), '11 grants[0].when: unknown key: sub'],
    ['a duplicate key', with_('owner_id: 987654', 'owner_id: 987654\nowner_id: 1'), '4 : Map keys must be unique'],
    [
      'an empty list of projects',
      with_('[cool-river-87654321]', '[]'),
      '8 grants[0].projects: must not be an empty list',
    ],
    [
      'an empty list in a condition',
      with_('refs/heads/main', '[]'),
      '12 grants[0].when.ref: must not be an empty list',
    ],
    [
      'an empty condition',
      with_('refs/heads/main', '""'),
      '12 grants[0].when.ref: must be 1 to 500 printable characters',
    ],
    ['no ref', with_('      ref: refs/heads/main\n', ''), '11 grants[0].when.ref: is missing'],
    ['no event', with_('      event_name: push\n', ''), '11 grants[0].when.event_name: is missing'],
    [
      'a short ref',
      with_('refs/heads/main', 'main'),
      '12 grants[0].when.ref: must be a full ref, such as refs/heads/main',
    ],
    [
      'a number as a condition',
      with_('refs/heads/main', '5'),
      '12 grants[0].when.ref: Invalid input: expected string, received number',
    ],
    [
      'a project id that is not one',
      with_('cool-river-87654321', 'Cool_River'),
      '8 grants[0].projects[0]: must be 1 to 60 characters of a-z, 0-9 and -',
    ],
    [
      'a wildcard for projects',
      with_('cool-river-87654321', '"*"'),
      '8 grants[0].projects[0]: must be 1 to 60 characters of a-z, 0-9 and -',
    ],
    [
      'an id beyond 2^53',
      with_('812345678', '9007199254740993'),
      '7 grants[0].repository_id: Too big: expected int to be <=9007199254740991',
    ],
    ['an id of 0', with_('987654', '0'), '3 owner_id: Too small: expected number to be >0'],
    ['an id as text', with_('987654', '"987654"'), '3 owner_id: Invalid input: expected number, received string'],
    [
      'an audience that is not a URL',
      with_('https://broker.example.com/neon', 'neon'),
      '2 audience: must be the broker_url: an https URL without user, query or fragment (http on loopback only)',
    ],
    [
      'an audience with http',
      with_('https://broker', 'http://broker'),
      '2 audience: must be the broker_url: an https URL without user, query or fragment (http on loopback only)',
    ],
    ['a tag', with_('shop main', '!!str shop'), '5 : the tag tag:yaml.org,2002:str is not allowed'],
    ['a merge key', with_('    when:', '    <<: { name: x }\n    when:'), '5 grants[0]: unknown key: <<'],
    [
      'text that is not YAML',
      'a: [',
      '1 : Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['no mapping', '- a\n', '1 : Invalid input: expected object, received array'],
    ['an empty file', '', '0 : Invalid input: expected object, received null'],
    [
      'two documents',
      `${policyText}---\na: 1\n`,
      '13 : Source contains multiple documents; please use YAML.parseAllDocuments()',
    ],
    ['a file of more than 100 KB', `${policyText}#${'x'.repeat(102_400)}`, '0 : the file is larger than 100 KB'],
  ])('rejects %s', (_, text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it.each(['pull_request_target', 'workflow_run', 'issue_comment', 'repository_dispatch', 'issues', '*'])(
    'rejects the event %s',
    (event) => {
      expect(problemsOf(with_('event_name: push', `event_name: "${event}"`))[0]).toMatch(
        /^11 grants\[0\]\.when\.event_name: /,
      );
    },
  );

  it('rejects aliases and anchors', () => {
    const text = with_('name: shop main', 'name: &name shop main').replace('acme/shop', '*name');
    expect(problemsOf(text)).toEqual([
      '5 : the anchor &name is not allowed',
      '6 : the alias *name is not allowed; repeat the value',
    ]);
  });

  it('rejects two grants with the same name', () => {
    const [grant] = /^ {2}- name: shop main.*/ms.exec(policyText) ?? [''];
    expect(problemsOf(policyText + grant)).toEqual(['5 grants: must have different names']);
  });

  it('reports every problem at once', () => {
    const text = with_('cool-river-87654321', '').replace('push', 'pushed');
    expect(() => parsePolicy(text)).toThrow(
      /^The policy is invalid:\nline 8: grants\[0\]\.projects: must not be an empty list\nline 11: /,
    );
  });
});

describe('policy.schema.json', () => {
  it('is the output of `npm run policy:schema`', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(policyJsonSchema())));
  });

  it('accepts the example, which refers to it in its first line', () => {
    expect(example.split('\n')[0]).toBe(
      '# yaml-language-server: $schema=https://raw.githubusercontent.com/neon-org-action/neon-org-action/v1/broker/policy.schema.json',
    );
    expect(parsePolicy(example).policy.grants.length).toBeGreaterThan(0);
    const validate = new Ajv2020({ strict: true }).compile(schema);
    expect(validate(parse(example)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...parse(example), unknown: 1 })).toBe(false);
    expect(validate({ ...parse(example), grants: [{}] })).toBe(false);
  });
});
