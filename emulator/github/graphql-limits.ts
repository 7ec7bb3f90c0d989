// What GitHub checks before it runs a GraphQL query, in addition to the schema: page sizes and the scopes of a token.
import { type FieldNode, GraphQLError, getNamedType, Kind, type ValidationRule } from 'graphql';
import type { Token } from './model.ts';

const MAX_PER_PAGE = 100;

/** Source: GitHub's documentation, "Rate limits and query limits for the GraphQL API", and published error messages. */
export function limitRule({ kind, scopes }: Token): ValidationRule {
  const mayReadEmail = kind !== 'classic' || scopes.some((scope) => emailScopes.includes(scope));
  return (context) => ({
    Field(node) {
      const type = context.getType();
      if (type && getNamedType(type).name.endsWith('Connection')) {
        const error = pageError(node);
        if (error) context.reportError(error);
      }
      if (!mayReadEmail && context.getParentType()?.name === 'User' && node.name.value === 'email') {
        context.reportError(missingScope(node, scopes));
      }
    },
  });
}

function pageError(node: FieldNode): GraphQLError | undefined {
  const name = node.name.value;
  const first = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (first === undefined) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    return new GraphQLError(message, { nodes: node, extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' } });
  }
  if (first.kind !== Kind.INT || Number(first.value) <= MAX_PER_PAGE) return undefined;
  const message = `Requesting ${first.value} records on the \`${name}\` connection exceeds the \`first\` limit of ${MAX_PER_PAGE} records.`;
  return new GraphQLError(message, { nodes: node, extensions: { type: 'EXCESSIVE_PAGINATION' } });
}

const emailScopes = ['user', 'user:email', 'read:user'];

/** A classic token needs a scope for `User.email`. Without it, GitHub refuses the whole query. */
function missingScope(node: FieldNode, scopes: readonly string[]): GraphQLError {
  const message =
    "Your token has not been granted the required scopes to execute this query. The 'email' field requires one of the " +
    `following scopes: ['user:email', 'read:user'], but your token has only been granted the: ` +
    `['${scopes.join("', '")}'] scopes. Please modify your token's scopes at: https://github.com/settings/tokens.`;
  return new GraphQLError(message, { nodes: node, extensions: { type: 'INSUFFICIENT_SCOPES' } });
}
