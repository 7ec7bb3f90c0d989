import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { EOL, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readCommandFile } from '../../emulator/runner.ts';
import { encodedForms } from '../../src/lib/redact.ts';
import { createRunner, type Runner } from '../../src/runner/commands.ts';
import { code, plain } from '../../src/runner/markdown.ts';
import { commandsIn } from '../commands.ts';
import { hostile } from '../hostile.ts';

const token = 'napi_'.padEnd(40, 'x');
const exitCode = process.exitCode;
let folder: string;
let stdout: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'neon-org-action-runner-'));
  for (const kind of ['OUTPUT', 'ENV', 'STATE', 'STEP_SUMMARY']) {
    writeFileSync(join(folder, kind), '');
    vi.stubEnv(`GITHUB_${kind}`, join(folder, kind));
  }
  stdout = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    // The toolkit uses the line ending of the system.
    stdout += String(chunk).replace(new RegExp(`${EOL}$`), '\n');
    return true;
  });
});

afterEach(() => {
  // Each runner listens for errors of stdout.
  process.stdout.removeAllListeners('error');
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = exitCode;
  rmSync(folder, { recursive: true, force: true });
});

const file = (kind: string) => readFileSync(join(folder, kind), 'utf8').replaceAll(EOL, '\n');

/** Every way in which a text can leave the process, except outputs and variables, which may contain a secret. */
const ways: [name: string, say: (runner: Runner, text: string) => unknown][] = [
  ['debug', (runner, text) => runner.debug(text)],
  ['info', (runner, text) => runner.info(text)],
  ['notice', (runner, text) => runner.notice(text)],
  ['warning', (runner, text) => runner.warning(text)],
  ['fail', (runner, text) => runner.fail(text)],
  ['group', (runner, text) => runner.group(text, async () => undefined)],
  ['saveState', (runner, text) => runner.saveState('leases', text)],
  ['appendSummary', (runner, text) => runner.appendSummary(text)],
];
const commands = ways.filter(([name]) => ['debug', 'notice', 'warning', 'fail', 'group'].includes(name));
const commandNames: Record<string, string[]> = { fail: ['error'], group: ['group', 'endgroup'] };

describe('the masks of a secret', () => {
  it('start with the secret itself, followed by its encoded forms', () => {
    createRunner().mask(token);
    const masks = commandsIn(stdout);
    expect(masks[0]).toEqual({ name: 'add-mask', message: token });
    expect(masks.slice(1)).toEqual(encodedForms(token).map((message) => ({ name: 'add-mask', message })));
  });

  it('are written before any other output', () => {
    const runner = createRunner();
    runner.mask(token);
    runner.info(`minted ${token}`);
    expect(stdout.indexOf(`::add-mask::${token}\n`)).toBe(0);
    expect(stdout.lastIndexOf('::add-mask::')).toBeLessThan(stdout.indexOf('minted ***'));
  });

  it('are not written for an empty secret, because the runner would warn', () => {
    createRunner().mask('');
    expect(stdout).toBe('');
  });
});

describe('a masked secret', () => {
  it.each(ways)('does not occur in %s in any form', async (_name, say) => {
    const runner = createRunner();
    runner.mask(token);
    stdout = '';
    await say(runner, `${[token, ...encodedForms(token)].join(' and ')} and no more`);
    const left = stdout + file('STATE') + file('STEP_SUMMARY');
    expect([token, ...encodedForms(token)].filter((form) => left.includes(form))).toEqual([]);
    expect(left).toContain('*** and ***');
    expect(left).toContain('and no more');
  });

  it.each([
    ['as code', code(`named ${token}`)],
    ['as code with a pipe beside it', code(`a | ${token}`)],
    ['as text', plain(`named ${token}`)],
  ])('does not occur in a summary that contains it %s', (_how, markdown) => {
    const runner = createRunner();
    runner.mask(token);
    runner.appendSummary(`Key ${markdown}`);
    expect(file('STEP_SUMMARY')).not.toContain(token.slice('napi_'.length));
  });

  it('does not occur in part if a longer secret begins with a shorter one', () => {
    const runner = createRunner();
    runner.mask(token);
    runner.mask(`${token}-and-the-rest`);
    stdout = '';
    runner.info(`${token}-and-the-rest`);
    expect(stdout).toBe('***\n');
  });

  it('does not occur in part at the end of a shortened annotation', () => {
    const runner = createRunner();
    runner.mask(token);
    stdout = '';
    runner.warning('y'.repeat(4090) + token);
    expect(stdout).not.toContain(token.slice(0, 3));
  });

  it('occurs in outputs and variables', () => {
    const runner = createRunner();
    runner.mask(token);
    runner.setOutput('api_key', token);
    runner.exportVariable('NEON_API_KEY', token);
    expect(readCommandFile(join(folder, 'OUTPUT'))).toEqual({ api_key: token });
    expect(readCommandFile(join(folder, 'ENV'))).toEqual({ NEON_API_KEY: token });
  });
});

describe('workflow commands', () => {
  it('are found by the parser of this test as by the runner', () => {
    const log = 'a ::error::no\n  ::warning file=x::one\u0020\rthen ##[error]two\n\u0085::notice::three';
    expect(commandsIn(log).map(({ message }) => message)).toEqual(['one ', 'two', 'three']);
  });

  it.each([
    ['nothing', ''],
    ['spaces', '  '],
    ['a tab', '\t'],
    ['an empty line', '\n'],
    ['a carriage return', '\r'],
    ['U+000B', '\u000b'],
    ['U+0085', '\u0085'],
    ['U+00A0', '\u00a0'],
    ['U+2028', '\u2028'],
    ['U+3000', '\u3000'],
  ])('are not part of a line after %s', (_name, space) => {
    createRunner().info(`text\n${space}::error::injected`);
    createRunner().info(`text${space}##[error]injected`);
    expect(commandsIn(stdout)).toEqual([]);
    expect(stdout).toContain('injected');
  });

  it('are not created by a text in `info`', () => {
    const runner = createRunner();
    fc.assert(
      fc.property(hostile, (text) => {
        stdout = '';
        runner.info(text);
        expect(commandsIn(stdout)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(commands)('are not created by a text in %s', async (name, say) => {
    const runner = createRunner();
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        stdout = '';
        await say(runner, text);
        expect(commandsIn(stdout).map((command) => command.name)).toEqual(commandNames[name] ?? [name]);
      }),
    );
  });

  // The state is for the post step, not for people.
  it.each(ways.filter(([name]) => name !== 'saveState'))(
    'contain no control or direction characters in %s',
    async (_name, say) => {
      await say(createRunner(), '\u001b[31mred\u009b0m \u202eabc\u2066 \b\u0007\r\nnext\u2028line');
      const left = stdout.replaceAll(EOL, '\n') + file('STEP_SUMMARY');
      expect(left).not.toMatch(/[^\P{C}\n]|\u2028/u);
      expect(left).toMatch(/ \[31mred 0m +abc +(?:\n|%0A)next line/);
    },
  );

  it.each(['\n', ' \n', '\r\n', '\r', '\u2028', ' '])(
    'are found in linear time after a million repetitions of %j',
    (unit) => {
      // The text after them begins no command, so every line break is a place to start again.
      createRunner().info(`${unit.repeat(1_000_000)}x\n::error::no`);
      expect(stdout).toContain('\u200b::error::no');
    },
  );

  it('keep ordinary text unchanged', () => {
    createRunner().info('a::b, C::D and # [x]');
    expect(stdout).toBe('a::b, C::D and # [x]\n');
  });
});

describe('annotations', () => {
  it.each(['notice', 'warning', 'fail'] as const)('have at most 4,096 characters: %s', (level) => {
    createRunner()[level]('y'.repeat(5000));
    expect(commandsIn(stdout)[0]?.message).toBe('y'.repeat(4096));
  });

  it('keep line breaks', () => {
    createRunner().notice('first\nsecond 100%');
    expect(commandsIn(stdout)).toEqual([{ name: 'notice', message: 'first\nsecond 100%' }]);
  });

  it('fail the step if they are errors, but not if they are warnings', () => {
    process.exitCode = 0;
    createRunner().warning('not so bad');
    expect(process.exitCode).toBe(0);
    createRunner().fail('bad');
    expect(process.exitCode).toBe(1);
  });
});

describe('a group', () => {
  it('returns the result of the work, and ends after it', async () => {
    const runner = createRunner();
    const response = await runner.group('the title', async () => {
      runner.info('the work');
      return 42;
    });
    expect(response).toBe(42);
    expect(stdout).toBe('::group::the title\nthe work\n::endgroup::\n');
  });

  it('also ends if the work fails', async () => {
    const failure = new Error('no');
    await expect(createRunner().group('the title', () => Promise.reject(failure))).rejects.toBe(failure);
    expect(stdout).toMatch(/::endgroup::\n$/);
  });
});

describe('command files', () => {
  const lines = fc
    .array(
      fc.oneof(
        fc.string(),
        fc.constantFrom('', 'name=value', 'x<<EOF', 'EOF', 'ghadelimiter_', 'name<<ghadelimiter_1', 'ghadelimiter_1'),
      ),
    )
    // The emulator's reader supports only one line ending.
    .map((parts) => parts.join('\n').replaceAll('\r', ''));

  it.each([
    ['outputs', 'OUTPUT', 'setOutput'],
    ['variables', 'ENV', 'exportVariable'],
    ['state', 'STATE', 'saveState'],
  ] as const)('keep any text unchanged in %s', (_what, kind, method) => {
    const runner = createRunner();
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        writeFileSync(join(folder, kind), '');
        runner[method]('one', one);
        runner[method]('other', other);
        expect(readCommandFile(join(folder, kind))).toEqual({ one, other });
      }),
    );
  });

  it('append to the summary', () => {
    createRunner().appendSummary('first');
    createRunner().appendSummary('second');
    expect(file('STEP_SUMMARY')).toBe('first\nsecond\n');
  });

  it.each([undefined, ''])('do not fail without a summary file (GITHUB_STEP_SUMMARY is %j)', (path) => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', path);
    expect(() => createRunner().appendSummary('text')).not.toThrow();
  });

  it('warn if the summary cannot be written', () => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', join(folder, 'gone'));
    process.exitCode = 0;
    createRunner().appendSummary('text');
    expect(commandsIn(stdout).map(({ name }) => name)).toEqual(['warning']);
    expect(process.exitCode).toBe(0);
  });

  it('do not fail if the log is closed', () => {
    createRunner();
    expect(() => process.stdout.emit('error', new Error('write EPIPE'))).not.toThrow();
  });

  it('fail without a file for outputs or state, because the key could not be passed on or revoked', () => {
    vi.stubEnv('GITHUB_OUTPUT', '');
    vi.stubEnv('GITHUB_STATE', '');
    expect(() => createRunner().setOutput('api_key', token)).toThrow('OUTPUT');
    expect(() => createRunner().saveState('leases', '{}')).toThrow('STATE');
  });
});
