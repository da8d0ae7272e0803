import { isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

const hasResolvableKey = (type: GraphQLObjectType): boolean =>
  [type.astNode, ...type.extensionASTNodes].some((node) =>
    node?.directives?.some(
      (directive) => directive.name.value === 'key' && !directive.arguments?.some((argument) => argument.name.value === 'resolvable' && argument.value.kind === 'BooleanValue' && !argument.value.value),
    ),
  );

const answersReferences = (type: GraphQLObjectType): boolean => {
  const apollo = type.extensions['apollo'] as { subgraph?: { resolveReference?: unknown } } | undefined;
  return typeof apollo?.subgraph?.resolveReference === 'function' || 'resolveReference' in type;
};

/**
 * Refuses to start a subgraph with an entity that nobody resolves: Apollo would hand the bare reference back, and every
 * field would come out null without an error.
 */
export const assertEntities = (name: string, schema: GraphQLSchema): void => {
  const silent = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => hasResolvableKey(type) && !answersReferences(type))
    .map((type) => type.name);
  if (silent.length > 0) throw new Error(`Subgraph ${name}: ${silent.join(', ')} ${silent.length > 1 ? 'have' : 'has'} a resolvable @key but no __resolveReference.`);
};
