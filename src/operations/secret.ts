import { repositoryOf } from '../github/run.ts';
import type { Secret, SecretPlace } from '../github/secrets.ts';
import type { InputsOf } from '../inputs/declarations.ts';
import type { OperationContext } from './context.ts';

type SecretInputs = Pick<InputsOf<'create-key'>, 'secret_name' | 'secret_scope' | 'secret_environment'>;

/** The secret that the inputs name; undefined when they name none. */
export function placeOf({ secret_name, secret_scope, secret_environment }: SecretInputs): SecretPlace | undefined {
  if (secret_name === undefined) return undefined;
  const environment = secret_environment === undefined ? {} : { environment: secret_environment };
  return { name: secret_name, scope: secret_scope, ...environment };
}

/** Opens GitHub for one secret. */
export async function openSecret(place: SecretPlace, context: OperationContext): Promise<Secret> {
  const { secretAt } = await import('../github/secrets.ts');
  return secretAt(await context.github(), repositoryOf(context.workflowRun()), place);
}

/** Where a secret is, for people. */
export function whereIs({ name, scope, environment }: SecretPlace): string {
  return `the ${scope} secret ${name}${environment === undefined ? '' : ` of ${environment}`}`;
}
