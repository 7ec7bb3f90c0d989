import { beforeEach, describe, expect, it } from 'vitest';
import { GitHubError } from '../../src/github/errors.ts';
import { composeKeyName, type Lifetime } from '../../src/keys/name.ts';
import {
  cutShort,
  doubtsText,
  planLine,
  progressLine,
  renderSweep,
  sweepComment,
} from '../../src/keys/render-sweep.ts';
import type { Revocation } from '../../src/keys/revoke.ts';
import type { Sweep } from '../../src/keys/sweep.ts';
import { type Judgement, type KeyDoubt, markedKeys, type Verdict } from '../../src/keys/sweep-rule.ts';
import { NeonError } from '../../src/neon/errors.ts';
import { decideMode } from '../../src/runner/mode.ts';

const day = 24 * 3_600_000;
const now = Date.parse('2026-11-24T12:00:00Z');
const run = {
  repositoryId: 1,
  runId: 100,
  runAttempt: 1,
  repository: 'acme/shop',
  runsUrl: 'https://github.com/acme/shop/actions/runs',
  job: 'sweep',
};
const applied = decideMode('apply', { name: 'schedule', ref: '', payload: {} });
const planned = decideMode('plan', { name: 'schedule', ref: '', payload: {} });

let lastId = 0;

beforeEach(() => {
  lastId = 0;
});

function verdict(label: string, judgement: Judgement, lifetime: Lifetime = { kind: 'job' }): Verdict {
  lastId += 1;
  const mark = { repositoryId: 1, runId: 7, runAttempt: 2, lifetime, nonce: `n${lastId}` };
  const key = {
    id: String(lastId),
    name: composeKeyName(label, mark),
    created_at: new Date(now - 3 * day).toISOString(),
    created_by: { id: 'ada', name: 'Ada', image: '' },
    last_used_at: null,
    last_used_from_addr: '',
  };
  return { ...(markedKeys([key], undefined)[0] as Verdict), ...judgement };
}

const revoke = (label: string) => verdict(label, { action: 'revoke', reason: 'run-ended' });
const keep = (label: string) => verdict(label, { action: 'keep', reason: 'manual' }, { kind: 'manual' });
const doubtful = (label: string, doubt: KeyDoubt) => verdict(label, { action: 'keep', reason: 'in-doubt', doubt });
const sweepOf = (verdicts: Verdict[], more: Partial<Sweep> = {}): Sweep => ({
  listed: 9,
  verdicts,
  revocations: [],
  now,
  ...more,
});
const revoked = ({ key: { id, name } }: Verdict): Revocation => ({ target: { id, name }, how: 'revoked' });

const refused = new GitHubError({
  method: 'GET',
  route: '/repos/acme/shop/actions/runs/1',
  status: 401,
  reason: '"Bad credentials"',
  hint: 'GitHub does not accept the token in `github_token`: it has expired or is mistyped.',
});

const titleOf = (summary: string) => summary.split('\n')[0];

describe('the title of a sweep', () => {
  const error = new NeonError({
    operationId: 'revokeOrgApiKey',
    method: 'DELETE',
    path: '/',
    kind: 'refused',
    reason: '"no"',
    requestId: 'r',
  });

  it.each<[string, () => [Sweep, typeof applied], string]>([
    ['nothing to do', () => [sweepOf([keep('a')]), applied], '### 🧹 No Neon key to revoke'],
    ['a plan', () => [sweepOf([revoke('a')]), planned], '### 🧹 1 Neon key would be revoked'],
    [
      'keys in doubt',
      () => [sweepOf([doubtful('a', { code: 'one-clock' })]), applied],
      '### 🧹 No Neon key to revoke, 1 in doubt',
    ],
    [
      'a key that could not be revoked',
      () => {
        const [one, two] = [revoke('a'), revoke('b')];
        const { id, name } = two.key;
        return [
          sweepOf([one, two], { revocations: [revoked(one), { target: { id, name }, how: 'failed', error }] }),
          applied,
        ];
      },
      '### 🧹 1 Neon key revoked, 1 not revoked',
    ],
    [
      'GitHub that could not be read',
      () => [sweepOf([], { blindness: { code: 'token-refused', error: refused } }), applied],
      '### ❌ No access to GitHub: No Neon key to revoke',
    ],
  ])('reports the outcome: %s', (_case, given, title) => {
    const [swept, trust] = given();
    expect(titleOf(renderSweep(swept, trust, run, 'warn').summary)).toBe(title);
  });
});

it('the summary of a sweep has a table each for revoked keys, keys in doubt and kept keys', () => {
  const one = revoke('over');
  const swept = sweepOf([keep('mine'), doubtful('unsure', { code: 'clocks-disagree' }), one], {
    revocations: [revoked(one)],
  });
  expect(renderSweep(swept, applied, run, 'warn').summary).toMatchInlineSnapshot(`
    "### 🧹 1 Neon key revoked, 1 in doubt

    #### 1 key in doubt

    [Why keys are kept in doubt](https://github.com/neon-org-action/neon-org-action/blob/main/docs/sweep.md#keys-in-doubt)

    | Key | ID | Reason | Age | Last used | Created in |
    | --- | --- | --- | --- | --- | --- |
    | \`unsure\` | \`3\` | The clocks of Neon&#44; GitHub and this runner disagree about whether its time has elapsed&#8203;&#46;&#8203; | 3 d | never | [run 7](https://github.com/acme/shop/actions/runs/7/attempts/2) |

    #### 1 key no longer needed

    | Key | ID | Reason | Age | Last used | Created in | Outcome |
    | --- | --- | --- | --- | --- | --- | --- |
    | \`over\` | \`1\` | its run has ended | 3 d | never | [run 7](https://github.com/acme/shop/actions/runs/7/attempts/2) | ✅ revoked |

    #### 1 key kept

    | Key | ID | Reason | Age | Last used | Created in |
    | --- | --- | --- | --- | --- | --- |
    | \`mine\` | \`2\` | it is valid until someone revokes it | 3 d | never | [run 7](https://github.com/acme/shop/actions/runs/7/attempts/2) |
    "
  `);
});

it('the outputs of a sweep contain codes and the keys in doubt', () => {
  const one = revoke('over');
  const swept = sweepOf([one, doubtful('unsure', { code: 'one-clock' })], { revocations: [revoked(one)] });
  const { outputs, json, changed } = renderSweep(swept, applied, run, 'warn');
  expect(changed).toBe(true);
  expect(outputs).toEqual({ revoked_count: '1', kept_count: '1', doubt_count: '1', failed_count: '0' });
  expect(json?.['plan']).toMatchObject([
    { action: 'revoke', reason: 'run-ended', in_doubt: false, lifetime: 'job', repository_id: 1 },
    { action: 'keep', reason: 'one-clock', in_doubt: true },
  ]);
});

describe('the error of a sweep', () => {
  const doubts = [doubtful('a', { code: 'one-clock' }), doubtful('b', { code: 'one-clock' })];

  it('is about keys in doubt with `on_doubt: fail` only', () => {
    expect(renderSweep(sweepOf(doubts), applied, run, 'warn').failure).toBeUndefined();
    expect(renderSweep(sweepOf(doubts), applied, run, 'fail').failure).toBe(doubtsText(sweepOf(doubts)));
    expect(renderSweep(sweepOf([keep('a')]), applied, run, 'fail').failure).toBeUndefined();
  });

  it('is always reported when GitHub could not be read', () => {
    const blind = sweepOf([], { blindness: { code: 'token-refused', error: refused } });
    expect(renderSweep(blind, applied, run, 'warn').failure).toContain('could not be read from GitHub');
  });
});

describe('the text about keys in doubt', () => {
  it('is empty without keys in doubt', () => expect(doubtsText(sweepOf([keep('a'), revoke('b')]))).toBe(''));

  it('lists each reason once, and at most five', () => {
    const error = (route: number) => new GitHubError({ method: 'GET', route: `/${route}`, reason: 'no response' });
    const verdicts = [0, 0, 0, 1, 2, 3, 4, 5].map((route) =>
      doubtful('a', { code: 'request-failed', error: error(route) }),
    );
    const [head, ...lines] = doubtsText(sweepOf(verdicts)).split('\n');
    expect(head).toBe('8 keys were kept because it could not be determined whether they are still needed.');
    expect(lines.length).toBe(5);
    expect(lines[0]).toBe('3 keys: GitHub sent no usable response to GET /0: no response.');
  });

  it('states the reason of a blind sweep once', () => {
    const doubt: KeyDoubt = { code: 'token-refused', error: refused };
    expect(doubtsText(sweepOf([doubtful('a', doubt)], { blindness: doubt }))).toBe(
      'Runs and pull requests could not be read from GitHub. GitHub responded to GET /repos/acme/shop/actions/runs/1 with 401 ' +
        '"Bad credentials". GitHub does not accept the token in `github_token`: it has expired or is mistyped.\n' +
        '1 key was kept because it could not be determined whether it is still needed.',
    );
  });

  it.each<[KeyDoubt, string]>([
    [
      { code: 'clocks-disagree' },
      'The clocks of Neon, GitHub and this runner disagree about whether its time has elapsed.',
    ],
    [{ code: 'one-clock' }, "Neon's responses have no `Date` header, so this runner's clock could not be confirmed."],
    [{ code: 'earlier-attempt' }, 'GitHub returned an earlier attempt of its run.'],
    [{ code: 'unreadable-response' }, 'GitHub returned an unexpected response.'],
    [
      { code: 'repository-not-visible', repositoryId: 5 },
      'Repository 5 was deleted, or is not visible to the token in `github_token`.',
    ],
    [
      { code: 'repository-replaced', repositoryId: 5 },
      'Repository 5 was renamed, and another repository may now have its former name.',
    ],
    [
      { code: 'nothing-to-compare', repositoryId: 5, kind: 'pull-request' },
      'GitHub returned 404 for its pull request and shows no other pull request of repository 5, so the token may not be able to see pull requests.',
    ],
    [
      { code: 'incomplete-list', repositoryId: 5, kind: 'run' },
      'GitHub returned 404 for its run and did not list all active runs of repository 5.',
    ],
  ])('explains %o', (doubt, text) => {
    expect(doubtsText(sweepOf([doubtful('a', doubt)])).split('\n')[1]).toBe(`1 key: ${text}`);
  });
});

it('the log lines of a sweep are sentences', () => {
  expect(planLine(sweepOf([revoke('a'), keep('b')]))).toBe('Checked 2 of 9 keys: 1 to revoke, 1 to keep.');
  expect(progressLine('responses', 20)).toBe('20 responses from GitHub so far.');
  expect(progressLine('revocations', 20, 100)).toBe('20 of 100 keys processed so far.');
  expect(cutShort(3, 30)).toBe('Stopped after 3 of 30 keys. The next sweep continues.');
});

it('the reason links to the pull request of a key of this repository', () => {
  const closed: Judgement = { action: 'revoke', reason: 'pull-request-closed' };
  const own = verdict('a', closed, { kind: 'pull-request', number: 464 });
  const { mark } = verdict('b', closed, { kind: 'pull-request', number: 465 });
  const other: Verdict = { ...own, mark: { ...mark, repositoryId: 2 } };
  const { summary } = renderSweep(sweepOf([own, other]), planned, run, 'warn');
  expect(summary).toContain('its pull request is closed ([#464](https://github.com/acme/shop/pull/464))');
  expect(summary).not.toContain('465');
});

describe('sweepComment', () => {
  const hidden: KeyDoubt = { code: 'repository-not-visible', repositoryId: 77 };

  it('counts keys by reason and result', () => {
    const keys = [
      revoke('a'),
      revoke('b'),
      verdict('c', { action: 'revoke', reason: 'pull-request-closed' }),
      keep('d'),
    ];
    expect(sweepComment(sweepOf(keys), planned, run).body).toBe(
      [
        '### 🧹 3 Neon keys would be revoked',
        'This is a plan, so nothing was changed. `mode` is `plan`&#8203;&#46;&#8203;',
        '| Keys | Reason | Outcome |\n| --- | --- | --- |\n| 2 | its run has ended | planned |\n| 1 | its pull request is closed | planned |',
        'For the names of the keys, see the [run](https://github.com/acme/shop/actions/runs/100).\n',
      ].join('\n\n'),
    );
    const [first, second] = keys as [Verdict, Verdict];
    const failed: Revocation = {
      target: { id: second.key.id, name: second.key.name },
      how: 'failed',
      error: new NeonError({
        operationId: 'revokeOrgApiKey',
        method: 'DELETE',
        path: '/',
        kind: 'unknown',
        reason: 'lost',
        requestId: 'r',
      }),
    };
    const applying = sweepOf([first, second], { revocations: [revoked(first), failed] });
    const { body } = sweepComment(applying, applied, run);
    expect(body).toContain('### 🧹 1 Neon key revoked, 1 not revoked\n');
    expect(body).toContain(
      '| 1 | its run has ended | ✅ revoked |\n| 1 | its run has ended | ❌ **may still be active** |',
    );
  });

  it('contains no names or IDs of keys, no other repositories, and no errors', () => {
    const keys = [revoke('customer-a'), doubtful('customer-b', hidden), keep('customer-c')];
    const blind = sweepOf(keys, { blindness: { code: 'token-refused', error: refused } });
    const { body = '' } = sweepComment(blind, applied, run);
    expect(body).toContain('⚠️ Runs and pull requests could not be read from GitHub.');
    expect(body).toContain('1 key kept in doubt.');
    expect(body).not.toMatch(/customer|77|401|Bad credentials|n[123]\b/);
  });

  it.each<[string, () => Sweep, boolean]>([
    ['only keys that are kept', () => sweepOf([keep('a')]), false],
    ['no keys', () => sweepOf([]), false],
    ['a key to revoke', () => sweepOf([revoke('a')]), true],
    ['a key in doubt', () => sweepOf([doubtful('a', hidden)]), true],
    ['a blind sweep', () => sweepOf([], { blindness: { code: 'token-refused', error: refused } }), true],
  ])('decides whether there is something to say about %s', (_case, sweep, says) => {
    const { body, nothingToSay } = sweepComment(sweep(), planned, run);
    expect([body !== undefined, nothingToSay]).toEqual([says, '### 🧹 No Neon key to revoke']);
  });
});
