import type { SecretPlace } from '../github/secrets.ts';

/** The inputs that name a secret. */
export interface SecretInputs {
  secret_name?: string | undefined;
  secret_scope: SecretPlace['scope'];
  secret_environment?: string | undefined;
}

/** The secret that the inputs name; undefined without `secret_name`. */
export function placeOf({ secret_name, secret_scope, secret_environment }: SecretInputs): SecretPlace | undefined {
  if (secret_name === undefined) return undefined;
  return { name: secret_name, scope: secret_scope, environment: secret_environment };
}

/** A secret by its name and place, such as `environment secret NEON_API_KEY of staging`. */
export function secretLabel({ name, scope, environment }: SecretPlace): string {
  return `${scope} secret ${name}${environment === undefined ? '' : ` of ${environment}`}`;
}
