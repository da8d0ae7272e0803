import { Kind, parse, type ConstDirectiveNode, type DefinitionNode, type DocumentNode, type InterfaceTypeDefinitionNode, type ObjectTypeDefinitionNode, type OperationTypeNode, type SelectionNode } from 'graphql';

/** A type with fields, as a supergraph is written. */
export type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

export const isComposite = (definition: DefinitionNode): definition is Composite => definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;

/** A text or a name that a directive is given. */
export const argumentOf = ({ arguments: given = [] }: ConstDirectiveNode, name: string): string | undefined => {
  const value = given.find((one) => one.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
};

/** What a field set of a key or a `@requires` names. */
export const selectionsOf = (fieldSet: string): readonly SelectionNode[] => {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
};

/** The types that operations begin at, by their kind. */
export const rootsOf = ({ definitions }: DocumentNode): ReadonlyMap<OperationTypeNode, string> =>
  new Map(definitions.flatMap((definition) => (definition.kind === Kind.SCHEMA_DEFINITION ? definition.operationTypes.map(({ operation, type }) => [operation, type.name.value] as const) : [])));
