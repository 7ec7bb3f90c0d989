import fc from 'fast-check';

/** Texts that have a special meaning for the runner, a terminal, Markdown, HTML, JSON or YAML. */
export const fragments = [
  ['::', ':', '##[', '#', '[', ']', 'error', 'add-mask', 'stop-commands', 'set-env name=PATH'],
  ['::error::x', '::add-mask::x', '::set-output name=api_key::x', '::stop-commands::x', '##[error]x', '##[add-mask]x'],
  ['%0A::error::x', '%0D', '%25', '\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\v', '\f', '\0', '\t', ' '],
  ['\u001b[31m', '\u001b]8;;https://evil.example\u0007', '\u009b2J', '\b'],
  ['\u202e', '\u2066', '\u200b', '\u200f', '\ufeff', '\u00ad', '\u{e0041}', '\ud800', '\udc00', '🔑', 'é', '\u3000'],
  ['|', '\\|', '\\', '`', '``', '```\n', '~~~', '\n\n# x\n', '- [x] ', '> ', '**', '__', '~~', '<!--', '-->', '---\n'],
  [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="https://evil.example">',
    '</code>',
    '<https://evil.example>',
  ],
  [
    '[x](https://evil.example)',
    '![x](https://evil.example/x.png)',
    '[x]: https://evil.example',
    '[^1]',
    '&#64;all',
    '&lt;b&gt;',
  ],
  [
    'https://evil.example/x',
    'www.evil.example',
    'xmpp:x@evil.example',
    'mallory@evil.example',
    '@octocat',
    '@acme/platform',
    '#12',
    'acme/shop#12',
    'GH-12',
    ':tada:',
    '$x^2$',
  ],
  [
    '__proto__',
    'constructor',
    'toString',
    'ghadelimiter_',
    'x<<EOF',
    'EOF',
    'api_key=x',
    '${{ secrets.x }}',
    '$(id)',
    '../..',
  ],
].flat();

/** Random texts of these fragments and arbitrary characters. */
export const hostile: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...fragments) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }) },
      { weight: 1, arbitrary: fc.string({ maxLength: 10 }) },
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
