import { getNamedType, isInterfaceType, isObjectType, Kind, parse, type ConstDirectiveNode, type GraphQLNamedType, type GraphQLSchema, type SelectionNode } from 'graphql';

/**
 * What composes but is planned in a way that can give wrong data without an error. A supergraph that has any of it is
 * not served, with the reason and a way out.
 */

const argument = (directive: ConstDirectiveNode, name: string): string | undefined => {
  const value = directive.arguments?.find((one) => one.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
};

const selectionsOf = (fieldSet: string): readonly SelectionNode[] => {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
};

/** Fields with arguments among those that are required, as `Type.field`. */
const withArguments = (selections: readonly SelectionNode[], type: GraphQLNamedType, schema: GraphQLSchema): string[] =>
  selections.flatMap((node) => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return [];
    if (node.kind === Kind.INLINE_FRAGMENT) return withArguments(node.selectionSet.selections, (node.typeCondition && schema.getType(node.typeCondition.name.value)) ?? type, schema);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (!field) return [];
    const inner = node.selectionSet ? withArguments(node.selectionSet.selections, getNamedType(field.type), schema) : [];
    return field.args.length > 0 ? [`${type.name}.${field.name}`, ...inner] : inner;
  });

/**
 * The planner fetches what is required under the name of the field. A client that asks for the same field with other
 * arguments then gets what was required, or what was required is what the client asked for.
 */
const requiredWithArguments = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const required = (field.astNode?.directives ?? []).flatMap((directive) => (directive.name.value === 'join__field' ? selectionsOf(argument(directive, 'requires') ?? '__typename') : []));
      return withArguments(required, type, schema).map(
        (name) => `${type.name}.${field.name} has @requires of ${name}, which takes arguments: clients that ask for that one with others would get wrong data. Require a field without arguments, which the other subgraph can offer.`,
      );
    });
  });

/** The nested parts of a key by their field: `organization { id }` is `{ id }` at `organization`. */
const nestedIn = (key: string): Map<string, string> =>
  new Map(
    selectionsOf(key).flatMap((node): [string, string][] =>
      node.kind === Kind.FIELD && node.selectionSet ? [[node.name.value, JSON.stringify(node.selectionSet.selections.map((inner) => (inner.kind === Kind.FIELD ? [inner.name.value, inner.selectionSet ?? null] : null)).sort())]] : [],
    ),
  );

/** Keys that go different ways into the same object: the planner can take one for the other and look an entity up by half a key. */
const overlappingKeys = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap()).flatMap((type) => {
    const keys = new Set((type.astNode?.directives ?? []).flatMap((directive) => (directive.name.value === 'join__type' ? (argument(directive, 'key') ?? []) : [])));
    const ways = new Map<string, Set<string>>();
    for (const key of keys) for (const [field, way] of nestedIn(key)) ways.set(field, (ways.get(field) ?? new Set()).add(way));
    return [...ways]
      .filter(([, different]) => different.size > 1)
      .map(([field]) => `The keys of ${type.name} overlap in ${field}: ${[...keys].map((key) => `"${key}"`).join(', ')}. Entities would be looked up by half a key. Give them one key that all subgraphs share.`);
  });

/** Sentences that say what would be answered wrongly; none for a supergraph that can be served. */
export const wronglyPlanned = (supergraphSchema: GraphQLSchema): readonly string[] => [...requiredWithArguments(supergraphSchema), ...overlappingKeys(supergraphSchema)];
