import { getNamedType, isInterfaceType, isObjectType, Kind, parse, type GraphQLSchema, type SelectionNode } from 'graphql';

const argumentOf = (node: { arguments?: readonly { name: { value: string }; value: unknown }[] }, name: string): string | undefined => {
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value as { kind: string; value?: string } | undefined;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
};

const selectionsIn = (text: string): readonly SelectionNode[] => {
  const [definition] = parse(`{${text}}`).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
};

/** What the supergraph says of its types: fields that are part of a key, fields that require others, interfaces known as objects. */
export const readSupergraph = (schema: GraphQLSchema) => {
  const keys = new Map<string, Set<string>>();
  const entities = new Set<string>();
  const requiring = new Map<string, readonly SelectionNode[]>();
  const addKey = (type: string, selections: readonly SelectionNode[]): void => {
    const known = keys.get(type) ?? new Set<string>();
    keys.set(type, known);
    for (const node of selections) {
      if (node.kind !== Kind.FIELD) continue;
      known.add(node.name.value);
      const owner = schema.getType(type);
      const field = isObjectType(owner) || isInterfaceType(owner) ? owner.getFields()[node.name.value] : undefined;
      if (field && node.selectionSet) addKey(getNamedType(field.type).name, node.selectionSet.selections);
    }
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const directive of type.astNode?.directives ?? []) {
      const key = directive.name.value === 'join__type' ? argumentOf(directive, 'key') : undefined;
      if (key === undefined) continue;
      entities.add(type.name);
      addKey(type.name, selectionsIn(key));
    }
    for (const field of Object.values(type.getFields())) {
      const required = field.astNode?.directives?.map((directive) => argumentOf(directive, 'requires')).find((text) => text !== undefined);
      if (required !== undefined) requiring.set(`${type.name}.${field.name}`, selectionsIn(required));
    }
  }
  return { keys, entities, requiring };
};
