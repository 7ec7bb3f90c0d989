import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskEmails, type Shown, shownWith } from '../../src/lib/email.ts';
import { oneLine } from '../../src/lib/text.ts';
import { age, code, facts, fitSummary, plain, prose, table, time } from '../../src/runner/markdown.ts';
import { readable, readGfm } from '../gfm.ts';
import { hostile } from '../hostile.ts';

const harmless = /^(?:[\p{L}\p{N} -]|&#\d+;)*$/u;

/** The visible text in a browser, without zero-width spaces. */
function shown(html: string): string {
  return html
    .replaceAll('&#8203;', '')
    .replace(/&#(\d+);/g, (_entity, point: string) => String.fromCodePoint(Number(point)));
}

describe('escaped text', () => {
  it('consists of letters, digits, spaces, hyphens and numeric entities for any input', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(plain(text)).toMatch(harmless);
      }),
    );
  });

  it('is a code span that its content cannot end, is harmless between two tags, or is empty', () => {
    const span = /^`[^`|\\\p{Cc}\p{Cf}]+`$/u;
    fc.assert(
      fc.property(hostile, (text) => {
        const written = code(text);
        if (written === '' || span.test(written)) return;
        const [, inner] = /^<code>(.*)<\/code>$/su.exec(written) ?? [];
        expect(inner).toMatch(harmless);
      }),
    );
    expect(code('')).toBe('');
    expect(code('ci (do not delete!!)')).toBe('`ci (do not delete!!)`');
    expect(code('a|b')).toBe('<code>a&#124;b</code>');
  });

  it('is shown unchanged on one line', () => {
    expect(shown(plain(' <a|b>\n`c`\u202e & @d/e #1 '))).toBe('<a|b> `c`  & @d/e #1');
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{1,400}$/), (text) => {
        expect(shown(plain(text, (same) => same))).toBe(text);
      }),
    );
  });

  it('is shortened if it is too long', () => {
    expect(shown(plain('word '.repeat(120)))).toBe(`${'word '.repeat(100)}…`);
    expect(shown(plain(`${'word '.repeat(90)}${'y'.repeat(100)}`))).toBe(`${'word '.repeat(90)}…`);
  });
});

describe('escaped text, read as GitHub’s Markdown', () => {
  it('is compared with a parser that finds links, mentions and formatting', () => {
    const read = readGfm(
      [
        '@octocat and mail&#64;example&#46;com, https://a.example, [b](https://b.example) ![c](https://c.example) <b>d</b>',
        '',
        '| A | B |',
        '| --- | --- |',
        '| `@no` | <code>a&#124;@no</code>@yes&#47;team |',
      ].join('\n'),
    );
    expect(read).toEqual({
      tables: [
        [
          ['A', 'B'],
          ['@no', 'a|@no@yes/team'],
        ],
      ],
      links: ['mailto:mail@example.com', 'https://a.example', 'https://b.example'],
      images: ['https://c.example'],
      html: ['<b>', '</b>'],
      mentions: ['@octocat', '@yes/team'],
      text: expect.stringMatching(/^@octocat and mail@example\.com, .* d\n$/),
    });
  });

  const nothing = { links: [], images: [], html: [], mentions: [] };
  const cases: [how: string, write: typeof code, shown: Shown][] = [
    ['as code', code, shownWith(true)],
    ['as text', plain, shownWith(true)],
    ['as code without addresses', code, shownWith(false)],
    ['as text without addresses', plain, shownWith(false)],
  ];

  it.each(cases)('is the same text %s, inside and outside a table', (_how, as, shown) => {
    const write = (text: string) => as(text, shown);
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const rows = [
          [write(one), 'x', write(other)],
          ['x', write(other), write(one)],
        ];
        const markdown = `### x ${write(one)}\n\n${table(['A', 'B', 'C'], rows)}\n\n- x ${write(one)}, x ${write(other)}\n`;
        const [first, second] = [readable(shown(oneLine(one))), readable(shown(oneLine(other)))];
        expect(readGfm(markdown)).toEqual({
          ...nothing,
          tables: [
            [
              ['A', 'B', 'C'],
              [first, 'x', second],
              ['x', second, first],
            ],
          ],
          text: `${`x ${first}`.trim()}\n${`x ${first}, x ${second}`.trim()}\n`,
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('sentences in Markdown', () => {
  const dot = '&#8203;&#46;&#8203;';
  it.each([
    ['it is older than `max_age`', 'it is older than `max_age`'],
    ['`mode: plan` is set.', `\`mode: plan\` is set${dot}`],
    ['`a|b` <b>', '<code>a&#124;b</code> &#60;b&#62;'],
    ['an odd ` one', 'an odd `one`'],
    ['(request ID C0DE:1F2A:77, tried twice)', '&#40;request ID `C0DE:1F2A:77`&#44; tried twice&#41;'],
    ['`ada@example.com`', '`a***@example.com`'],
    ['', ''],
  ])('%j is written as %j', (text, written) => {
    expect(prose(text)).toBe(written);
  });

  it('consist of words and code for any external text', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const cell = prose(`x ${one} \`${other}\` ${one}`);
        const { tables, text: _, ...more } = readGfm(table(['A', 'B'], [[cell, cell]]));
        expect(tables.map((rows) => rows.map((cells) => cells.length))).toEqual([[2, 2]]);
        expect(more).toEqual({ links: [], images: [], html: [], mentions: [] });
      }),
      { numRuns: 500 },
    );
  });
});

describe('e-mail addresses', () => {
  it('are masked by default, and are not changed if they are masked again', () => {
    const text = 'ada@example.com, |x@y.io| and linus.torvalds@example.com';
    const hidden = 'a***@example.com, |***@y.io| and l***s@example.com';
    expect(shown(plain(text))).toBe(hidden);
    expect(shown(code(text))).toBe(`<code>${hidden}</code>`);
    expect(maskEmails(hidden)).toBe(hidden);
    expect(shown(plain(text, shownWith(true)))).toBe(text);
  });
});

describe('times', () => {
  it.each([
    ['2026-11-24T03:50:59Z', '2026-11-24 03:50 UTC'],
    ['2026-11-24T03:50:59.123456Z', '2026-11-24 03:50 UTC'],
    ['2026-11-24T03:50:59+05:30', '2026-11-23 22:20 UTC'],
    ['never', 'never'],
    ['', ''],
  ])('%j is shown as %j', (iso, shown) => {
    expect(time(iso)).toBe(shown);
  });

  it('are escaped if they are invalid', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(time(text)).toMatch(/^(?:[\p{L}\p{N} :+-]|&#\d+;)*$/u);
      }),
    );
  });
});

describe('tables in Markdown', () => {
  it('have a header, a rule and a line for each row', () => {
    expect(table(['A', 'B'], [['1', '2']])).toBe('| A | B |\n| --- | --- |\n| 1 | 2 |');
    expect(table(['A'], [])).toBe('| A |\n| --- |');
    expect(
      facts([
        ['Key', 'a'],
        ['Id', '5'],
      ]),
    ).toBe('| Key | a |\n| --- | --- |\n| **Id** | 5 |');
  });

  it('are not broken by any text', () => {
    const rows = fc.array(fc.tuple(hostile, hostile, hostile));
    fc.assert(
      fc.property(rows, (texts) => {
        const cells = texts.map(([a, b, c]) => [code(a), plain(b), time(c)]);
        const lines = table(['A', 'B', 'C'], cells).split(/\r\n|\r|\n/);
        expect(lines).toHaveLength(texts.length + 2);
        for (const line of lines) expect(line.match(/\|/g)).toHaveLength(4);
      }),
    );
  });
});

describe('a summary that fits', () => {
  const limit = 1024 * 1024;

  it('is not changed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 1000 }), (text) => {
        expect(fitSummary(text)).toBe(text);
      }),
    );
  });

  it('is not changed up to the last KiB below 1 MiB', () => {
    const text = 'y'.repeat(limit - 1024);
    expect(fitSummary(text)).toBe(text);
    expect(fitSummary(`${text}\n`)).not.toBe(`${text}\n`);
  });

  it.each([
    ['many lines', `${'| a | b |\n'.repeat(200_000)}`],
    ['many lines of more than ASCII', `${'| ключ | 🔑 |\n'.repeat(100_000)}`],
    ['few long lines', `${'y'.repeat(400_000)}\n`.repeat(5)],
    ['one line', 'y'.repeat(2 * limit)],
  ])('consists of whole lines of %s, and the number of removed lines', (_what, text) => {
    const fitted = fitSummary(text);
    expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(limit);
    const [, kept = '', cut] = /^(.*)\n\n… and (\d+) more lines, which .*1 MiB.*\n$/s.exec(fitted) ?? [];
    expect(text.startsWith(kept)).toBe(true);
    const linesOf = (part: string) => (part === '' ? 0 : part.replace(/\n$/, '').split('\n').length);
    expect(linesOf(kept) + Number(cut)).toBe(linesOf(text));
  });
});

describe('ages', () => {
  it.each([
    [-1, '0 min'],
    [119 * 60_000, '119 min'],
    [120 * 60_000, '2 h'],
    [48 * 3_600_000 - 1, '47 h'],
    [48 * 3_600_000, '2 d'],
    [Number.NaN, 'unknown'],
  ])('%j ms are shown as %j, on one line', (ms, shown) => {
    expect(age(ms)).toBe(shown.replace(' ', '\u00a0'));
  });
});
