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
  const parsed = readArguments(args);
  if (!parsed) {
    console.error(usage);
    return 2;
  }
  try {
    return await parsed.run(parsed.values, env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

function readArguments(args: string[]): { run: Command; values: CommandOptions } | undefined {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const command = positionals.length <= 1 ? commands[positionals[0] ?? 'serve'] : undefined;
    const unknown = Object.keys(values).filter((name) => !command?.accepts.includes(name as keyof typeof options));
    return command && unknown.length === 0 ? { run: command.run, values } : undefined;
  } catch {
    return undefined;
  }
}

process.exitCode = await runCommand(process.argv.slice(2), process.env);
