import { Kind, type DefinitionNode, type DocumentNode, type FieldNode, type OperationTypeNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from '../operation-context.ts';

const withoutConditions = <Node extends SelectionNode>(node: Node): Node => ({ ...node, directives: (node.directives ?? []).filter(({ name }) => name.value !== 'skip' && name.value !== 'include') });

const responseNameOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The names of fields that require others, and of the types that operations begin at. */
interface Schema {
  readonly requiring: ReadonlySet<string>;
  readonly roots: ReadonlyMap<OperationTypeNode, string>;
}

/**
 * The same operations with fields that require others asked for whatever the conditions around them. The planner puts
 * such a field into one request with others of its subgraph, and puts what it requires under its conditions: where those
 * do not hold, there is nothing to tell the subgraph, and none of the others is asked for. Answers are shaped by the
 * operation as it was sent, so clients see nothing of it. Where an operation begins, conditions stay: a mutation that is
 * switched off must not happen, and a query is only freed of those where it asks for the same field without them.
 */
export const createUnconditional = ({ requiring, roots }: Schema): ((document: DocumentNode) => DocumentNode) => {
  if (requiring.size === 0) return (document) => document;
  const [query, rootTypes] = [roots.get('query' as OperationTypeNode), new Set(roots.values())];
  return (document) => {
    const fragments = fragmentsOf(document);
    const setOf = (node: SelectionNode): SelectionSetNode | undefined => (node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value]?.selectionSet : node.selectionSet);
    const selectionsOf = (node: SelectionNode): readonly SelectionNode[] => setOf(node)?.selections ?? [];
    const requires = (node: SelectionNode): boolean => (node.kind === Kind.FIELD && requiring.has(node.name.value)) || selectionsOf(node).some(requires);

    const rewritten = (set: SelectionSetNode, isFreed: (node: SelectionNode) => boolean, isRoot: boolean): SelectionSetNode => ({
      ...set,
      selections: set.selections.map((node) => {
        const freed = requires(node) && isFreed(node) ? withoutConditions(node) : node;
        if (freed.kind === Kind.FRAGMENT_SPREAD || !freed.selectionSet) return freed;
        const isBeginning = isRoot && freed.kind === Kind.INLINE_FRAGMENT;
        return { ...freed, selectionSet: rewritten(freed.selectionSet, isBeginning ? isFreed : always, isBeginning) };
      }),
    });
    const always = (): boolean => true;
    const never = (): boolean => false;

    const beginnings = (nodes: readonly SelectionNode[]): FieldNode[] => nodes.flatMap((node) => (node.kind === Kind.FIELD ? [node] : beginnings(selectionsOf(node))));
    const asked = new Map<string, number>();
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation !== 'query') continue;
      for (const field of beginnings(definition.selectionSet.selections)) asked.set(responseNameOf(field), (asked.get(responseNameOf(field)) ?? 0) + 1);
    }
    const isAskedAgain = (node: SelectionNode): boolean => (node.kind === Kind.FIELD ? [node] : beginnings(selectionsOf(node))).some((field) => (asked.get(responseNameOf(field)) ?? 0) > 1);

    const freeDefinition = (definition: DefinitionNode): DefinitionNode => {
      if (definition.kind === Kind.OPERATION_DEFINITION) return { ...definition, selectionSet: rewritten(definition.selectionSet, definition.operation === 'query' ? isAskedAgain : never, true) };
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) return definition;
      const type = definition.typeCondition.name.value;
      return { ...definition, selectionSet: rootTypes.has(type) ? rewritten(definition.selectionSet, type === query ? isAskedAgain : never, true) : rewritten(definition.selectionSet, always, false) };
    };
    return { ...document, definitions: document.definitions.map(freeDefinition) };
  };
};
