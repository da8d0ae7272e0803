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

/** Sentences that say what would be answered wrongly; none for a supergraph that can be served. */
export const wronglyPlanned = (supergraphSchema: GraphQLSchema): readonly string[] => requiredWithArguments(supergraphSchema);
