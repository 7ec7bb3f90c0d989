export interface Command {
  name: string;
  message: string;
}

/** The white space that .NET's `TrimStart` removes. JavaScript's `\s` lacks U+0085. */
const dotnetSpace = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const newCommand = new RegExp(`^[${dotnetSpace}]*::([^ ]+?)(?: .*?)?::(.*)$`, 's');
const oldCommand = /##\[([^ \]]+)[^\]]*\](.*)$/s;

/** The commands that GitHub's runner finds in a log (ActionCommand.cs), with any name. */
export function commandsIn(log: string): Command[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    const [, name, message = ''] = newCommand.exec(line) ?? oldCommand.exec(line) ?? [];
    if (!name) return [];
    return [{ name, message: message.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%') }];
  });
}
