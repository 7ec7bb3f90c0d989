import { parseArgs } from 'node:util';
import { revokeKeysNow, sweepNow } from './commands/keys.ts';
import { type CommandOptions, options } from './commands/options.ts';
import { checkPolicy, explainClaims } from './commands/policy.ts';
import { serve } from './commands/serve.ts';

const usage = `Usage: broker [command]

  serve                              serves jobs, and revokes expired keys (default)
  sweep                              revokes expired keys once
  check [--policy FILE]              validates the policy, and warns about broad grants
  explain --claims FILE [--project ID] [--policy FILE]
                                     shows whether each condition matches; exits with 1 if the policy denies the request
  revoke --all                       revokes every key that brokers have created
  revoke --repository ID|OWNER/NAME  revokes the keys for one repository

Environment variables: see docs/keyless-operations.md.`;

/** @returns the exit code */
type Command = (options: CommandOptions, env: NodeJS.ProcessEnv) => Promise<number>;

/** Each command, and its options. */
const commands: Record<string, { run: Command; accepts: (keyof typeof options)[] }> = {
  serve: { run: serve, accepts: [] },
  sweep: { run: sweepNow, accepts: [] },
  check: { run: checkPolicy, accepts: ['policy'] },
  explain: { run: explainClaims, accepts: ['policy', 'claims', 'project'] },
  revoke: { run: revokeKeysNow, accepts: ['all', 'repository'] },
};

/** @returns the exit code: 0, 1 for a failure or a denial, 2 for invalid arguments */
async function runCommand(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const { run, values } = readArguments(args);
    return await run(values, env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (!(error instanceof UsageError)) return 1;
    console.error(`\n${usage}`);
    return 2;
  }
}

/** Invalid arguments. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError that names the invalid argument */
function readArguments(args: string[]): { run: Command; values: CommandOptions } {
  const { values, positionals } = parseOptions(args);
  const [name = 'serve', extra] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`Unknown command: ${name}.`);
  if (extra !== undefined) throw new UsageError(`Unexpected argument: ${extra}.`);
  const unknown = Object.keys(values).find((option) => !command.accepts.includes(option as keyof typeof options));
  if (unknown !== undefined) throw new UsageError(`The command ${name} does not accept --${unknown}.`);
  return { run: command.run, values };
}

function parseOptions(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    // Node's first sentence names the option. The others explain how to pass arguments that begin with a hyphen.
    const [problem] = (error as Error).message.split(/\.\s/);
    throw new UsageError(`${problem}.`);
  }
}

process.exitCode = await runCommand(process.argv.slice(2), process.env);
