import { Kind, visit, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { areMet, conditionsOf } from '../authorize/conditions.ts';

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The same operations with a name asked for in every object of which all else is switched off for good, as in
 * `user { email @skip(if: true) }`: the planner leaves out fields of which nothing is left, and the object that is there
 * would be null.
 */
export const neverEmpty = (document: DocumentNode): DocumentNode => {
  const fragments = new Map(document.definitions.flatMap((one): [string, FragmentDefinitionNode][] => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])));
  const isEmpty = ({ selections }: SelectionSetNode): boolean => selections.every(isOff);
  const isOff = (node: SelectionNode): boolean => {
    const conditions = conditionsOf(node).filter(({ given }) => typeof given === 'boolean');
    if (!areMet(conditions, {})) return true;
    if (node.kind === Kind.FIELD) return false;
    return isEmpty(node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value)!.selectionSet);
  };
  return visit(document, {
    Field: ({ selectionSet, ...field }) => (selectionSet && isEmpty(selectionSet) ? { ...field, selectionSet: { ...selectionSet, selections: [...selectionSet.selections, typename] } } : undefined),
  });
};
