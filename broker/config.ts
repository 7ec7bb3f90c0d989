import { z } from 'zod';
import { isLoopback, parseApiUrl } from '../src/lib/api-url.ts';

/** How a broker runs, from its environment variables. */
export interface BrokerConfig {
  adminKeyFile: string;
  policyFile: string;
  apiHost: URL;
  /** The `iss` of the ID tokens, exactly. */
  issuer: string;
  /** The GitHub server whose repositories and runs the tokens identify. */
  serverUrl: string;
  host: string;
  port: number;
  monitoringHost: string;
  monitoringPort: number;
  /** This replica's share of Neon's 700 requests a minute. */
  requestsPerMinute: number;
  sweepIntervalMs: number;
}

/** Environment variables that are missing or invalid. */
class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const port = z.coerce.number().int().min(0).max(65_535);
const url = z.string().transform((text, context) => {
  try {
    return parseApiUrl(text);
  } catch (error) {
    context.addIssue((error as Error).message);
    return z.NEVER;
  }
});

/** The variables and their defaults. A test compares them with the table in docs/keyless-operations.md. */
const variables = z.object({
  NEON_API_KEY_FILE: z.string().default('/run/secrets/neon_api_key'),
  BROKER_POLICY_FILE: z.string().default('/etc/neon-broker/policy.yml'),
  NEON_API_HOST: url.default(new URL('https://console.neon.tech/api/v2')),
  OIDC_ISSUER: z.string().default('https://token.actions.githubusercontent.com'),
  GITHUB_SERVER_URL: z.string().optional(),
  BROKER_HOST: z.string().default('0.0.0.0'),
  BROKER_PORT: port.default(8080),
  BROKER_MONITORING_HOST: z.string().default('127.0.0.1'),
  BROKER_MONITORING_PORT: port.default(9090),
  NEON_REQUESTS_PER_MINUTE: z.coerce.number().int().min(60).max(700).default(600),
  BROKER_SWEEP_SECONDS: z.coerce.number().int().min(1).max(60).default(60),
});

/** @throws ConfigError, which names every invalid variable */
export function readConfig(env: NodeJS.ProcessEnv): BrokerConfig {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = variables.safeParse(filled);
  const problems = result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const issuer = filled['OIDC_ISSUER'] ?? variables.shape.OIDC_ISSUER.parse(undefined);
  if (!isUrl(issuer)) problems.push('OIDC_ISSUER: must be an https URL (http on loopback only)');
  if (!result.success || problems.length > 0) {
    throw new ConfigError(`The broker did not start because of invalid environment variables:\n${problems.join('\n')}`);
  }
  const { data } = result;
  return {
    adminKeyFile: data.NEON_API_KEY_FILE,
    policyFile: data.BROKER_POLICY_FILE,
    apiHost: data.NEON_API_HOST,
    issuer: data.OIDC_ISSUER,
    serverUrl: data.GITHUB_SERVER_URL ?? serverOfIssuer(new URL(data.OIDC_ISSUER)),
    host: data.BROKER_HOST,
    port: data.BROKER_PORT,
    monitoringHost: data.BROKER_MONITORING_HOST,
    monitoringPort: data.BROKER_MONITORING_PORT,
    requestsPerMinute: data.NEON_REQUESTS_PER_MINUTE,
    sweepIntervalMs: data.BROKER_SWEEP_SECONDS * 1000,
  };
}

function isUrl(text: string): boolean {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  return parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && isLoopback(parsed));
}

/** github.com and GHE.com issue tokens from a separate host, GitHub Enterprise Server from its own host. */
function serverOfIssuer({ host, origin }: URL): string {
  if (host === 'token.actions.githubusercontent.com') return 'https://github.com';
  return host.endsWith('.ghe.com') ? `https://${host.replace(/^token\.actions\./, '')}` : origin;
}
