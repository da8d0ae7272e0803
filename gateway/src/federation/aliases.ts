import { Kind, visit, type DocumentNode, type FieldNode } from 'graphql';
import { isComposite } from './written.ts';

/**
 * What clients' own names for fields are while an operation is planned and carried out. The planner reads keys, and what
 * a `@requires` names, out of what was fetched by the names of their fields, and does not look at who put it there: a
 * client that asks for `id: title` would choose what entities are looked up by, and with `price: discount` what another
 * subgraph works with. So nothing that a client names goes by the name of another field.
 */
export interface Aliases {
  /** The operations with such names changed. */
  changed(document: DocumentNode): DocumentNode;
  /** What a field that a client asks for goes by in the data. */
  nameOf(node: FieldNode): string;
  /** A step of a path in the data as the client knows it. */
  asClient(step: string | number): string | number;
}

const fieldNamesOf = ({ definitions }: DocumentNode): ReadonlySet<string> =>
  new Set(['__typename', ...definitions.flatMap((definition) => (isComposite(definition) ? (definition.fields ?? []).map(({ name }) => name.value) : []))]);

/** Begins no name of the schema. */
const prefixFor = (names: ReadonlySet<string>): string => {
  let prefix = 'client_';
  while ([...names].some((name) => name.startsWith(prefix))) prefix += '_';
  return prefix;
};

export const createAliases = (supergraph: DocumentNode): Aliases => {
  const names = fieldNamesOf(supergraph);
  const prefix = prefixFor(names);

  const nameOf = ({ alias, name }: FieldNode): string => {
    if (!alias || alias.value === name.value || /^__(schema|type)$/.test(name.value)) return (alias ?? name).value;
    return names.has(alias.value) || alias.value.startsWith(prefix) ? prefix + alias.value : alias.value;
  };

  const change = (node: FieldNode): FieldNode | undefined => (node.alias && nameOf(node) !== node.alias.value ? { ...node, alias: { kind: Kind.NAME, value: nameOf(node) } } : undefined);

  return {
    changed: (document) => visit(document, { Field: change }),
    nameOf,
    asClient: (step) => (typeof step === 'string' && step.startsWith(prefix) ? step.slice(prefix.length) : step),
  };
};
