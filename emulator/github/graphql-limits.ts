// What GitHub checks in a GraphQL query before it runs it: the sizes of pages, the number of nodes, a token's scopes.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Token } from './model.ts';

const MOST_NODES = 500_000;
const MOST_A_PAGE = 100;

interface Checked {
  schema: GraphQLSchema;
  document: DocumentNode;
  variables: Record<string, unknown>;
  token: Token;
}

/** Source: GitHub's documentation, "Rate limits and query limits for the GraphQL API", and errors that people show. */
export function limitErrors(checked: Checked): GraphQLError[] {
  const errors: GraphQLError[] = [];
  const fragments = new Map(
    checked.document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const variables = { ...defaultsOf(checked.document), ...checked.variables };
  let nodes = 0;

  function walk(set: SelectionSetNode | undefined, type: string, times: number, path: string[]): void {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD)
        field(selection, type, times, [...path, (selection.alias ?? selection.name).value]);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet, selection.typeCondition?.name.value ?? type, times, path);
      } else {
        const fragment = fragments.get(selection.name.value);
        walk(fragment?.selectionSet, fragment?.typeCondition.name.value ?? type, times, path);
      }
    }
  }

  function field(node: FieldNode, parent: string, times: number, path: string[]): void {
    const type = typeOf(checked.schema, parent, node.name.value);
    const isConnection = type.endsWith('Connection');
    const first = isConnection ? numberOf(node, variables) : undefined;
    const found = [missingScopes(checked.token, parent, node), isConnection ? pageError(node, first, path) : undefined];
    errors.push(...found.filter((error) => error !== undefined));
    nodes += isConnection ? times * (first ?? 0) : 0;
    walk(node.selectionSet, type, isConnection ? times * (first ?? 0) : times, path);
  }

  for (const definition of checked.document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet, 'Query', 1, []);
  }
  if (errors.length === 0 && nodes > MOST_NODES) errors.push(tooManyNodes(nodes));
  return errors;
}

/** The integers that variables have by default. */
function defaultsOf({ definitions }: DocumentNode): Record<string, number> {
  const variables = definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? one.variableDefinitions : [],
  );
  const defaults = (variables ?? []).flatMap((one) =>
    one?.defaultValue?.kind === Kind.INT ? [[one.variable.name.value, Number(one.defaultValue.value)] as const] : [],
  );
  return Object.fromEntries(defaults);
}

function typeOf(schema: GraphQLSchema, parent: string, name: string): string {
  const type = schema.getType(parent) as GraphQLObjectType | GraphQLInterfaceType | undefined;
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  return field ? getNamedType(field.type).name : '';
}

function numberOf({ arguments: given = [] }: FieldNode, variables: Record<string, unknown>): number | undefined {
  const value = given.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  const variable = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  return typeof variable === 'number' ? variable : undefined;
}

function pageError(node: FieldNode, first: number | undefined, path: string[]): GraphQLError | undefined {
  const name = node.name.value;
  if (first === undefined) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    return new GraphQLError(message, { nodes: node, path, extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' } });
  }
  if (first <= MOST_A_PAGE) return undefined;
  const message = `Requesting ${first} records on the \`${name}\` connection exceeds the \`first\` limit of ${MOST_A_PAGE} records.`;
  return new GraphQLError(message, { nodes: node, path, extensions: { type: 'EXCESSIVE_PAGINATION' } });
}

function tooManyNodes(nodes: number): GraphQLError {
  const message =
    `This query requests up to ${nodes.toLocaleString('en')} possible nodes which exceeds the maximum limit of ` +
    `${MOST_NODES.toLocaleString('en')}.`;
  return new GraphQLError(message, { extensions: { type: 'MAX_NODE_LIMIT_EXCEEDED' } });
}

/** A classic token needs a scope for `User.email`; without it the whole query is refused. */
function missingScopes({ kind, scopes }: Token, parent: string, node: FieldNode): GraphQLError | undefined {
  if (kind !== 'classic' || parent !== 'User' || node.name.value !== 'email') return undefined;
  if (scopes.some((scope) => ['user', 'user:email', 'read:user'].includes(scope))) return undefined;
  const message =
    "Your token has not been granted the required scopes to execute this query. The 'email' field requires one of the " +
    `following scopes: ['user:email', 'read:user'], but your token has only been granted the: ` +
    `['${scopes.join("', '")}'] scopes. Please modify your token's scopes at: https://github.com/settings/tokens.`;
  return new GraphQLError(message, { nodes: node, extensions: { type: 'INSUFFICIENT_SCOPES' } });
}
