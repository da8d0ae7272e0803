import type { FieldNode, FragmentDefinitionNode, SelectionNode, SelectionSetNode } from 'graphql';

/** How selections are read for an object of one type. */
export interface Collecting {
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Whether the conditions around a selection let it stand. */
  isAskedFor(node: SelectionNode): boolean;
  /** Whether a fragment on this type is meant for the object. */
  applies(typeCondition: string): boolean;
}

/** The fields that selections ask of an object, by response name and in the order of the specification (CollectFields). */
export const collectFields = (sets: readonly SelectionSetNode[], { fragments, isAskedFor, applies }: Collecting): ReadonlyMap<string, FieldNode[]> => {
  const fields = new Map<string, FieldNode[]>();
  const passed = new Set<string>();

  const look = (node: SelectionNode): void => {
    if (!isAskedFor(node)) return;
    if (node.kind === 'Field') {
      const name = (node.alias ?? node.name).value;
      const nodes = fields.get(name);
      if (nodes) nodes.push(node);
      else fields.set(name, [node]);
    } else if (node.kind === 'InlineFragment') {
      if (!node.typeCondition || applies(node.typeCondition.name.value)) node.selectionSet.selections.forEach(look);
    } else if (!passed.has(node.name.value)) {
      passed.add(node.name.value);
      const fragment = fragments[node.name.value];
      if (fragment && applies(fragment.typeCondition.name.value)) fragment.selectionSet.selections.forEach(look);
    }
  };

  for (const set of sets) set.selections.forEach(look);
  return fields;
};
