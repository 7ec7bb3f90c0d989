import { readFile } from 'node:fs/promises';
import { count } from '../../src/lib/text.ts';
import { readConfig } from '../config.ts';
import { explain } from '../policy/explain.ts';
import { parsePolicy } from '../policy/parse.ts';
import { readPolicyFile } from '../policy/store.ts';
import { describeWarning, findWarnings } from '../policy/warnings.ts';
import { readPolicyClaims } from '../token/claims.ts';
import type { CommandOptions } from './options.ts';

/** Validates the policy file and shows its warnings. */
export async function checkPolicy({ policy: path }: CommandOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const file = path ?? readConfig(env).policyFile;
  const { policy, hash } = parsePolicy(await readPolicyFile(file));
  for (const warning of findWarnings(policy)) console.log(`Warning: ${describeWarning(warning)}`);
  console.log(`${file} is valid (policy ${hash}, ${count(policy.grants.length, 'grant')}).`);
  return 0;
}

/** Shows whether the policy allows claims, for tests in CI. */
export async function explainClaims(options: CommandOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const { policy: path, claims: claimsPath, project } = options;
  if (claimsPath === undefined)
    throw new Error('--claims is required: the path of a JSON file with the claims of an ID token.');
  const { policy } = parsePolicy(await readPolicyFile(path ?? readConfig(env).policyFile));
  const payload: unknown = JSON.parse(await readFile(claimsPath, 'utf8'));
  const { allowed, text } = explain(policy, readPolicyClaims(payload as Record<string, unknown>), project);
  console.log(text);
  return allowed ? 0 : 1;
}
