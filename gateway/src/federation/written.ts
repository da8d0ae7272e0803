import { Kind, type ConstDirectiveNode, type DefinitionNode, type InterfaceTypeDefinitionNode, type ObjectTypeDefinitionNode } from 'graphql';

/** A type with fields, as a supergraph is written. */
export type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

export const isComposite = (definition: DefinitionNode): definition is Composite => definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;

/** A text or a name that a directive is given. */
export const argumentOf = ({ arguments: given = [] }: ConstDirectiveNode, name: string): string | undefined => {
  const value = given.find((one) => one.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
};
