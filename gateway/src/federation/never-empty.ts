import { Kind, visit, type DocumentNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { areMet, conditionsOf } from '../authorize/conditions.ts';
import { fragmentsOf, typename } from '../operation-context.ts';

/**
 * The same operations with a name asked for in every object of which all else can be switched off, as in
 * `user { email @skip(if: $brief) }`: the planner leaves out fields of which nothing is left, and the object that is
 * there would be null, or an error where it cannot be.
 */
export const neverEmpty = (document: DocumentNode): DocumentNode => {
  const fragments = fragmentsOf(document);
  const canBeEmpty = ({ selections }: SelectionSetNode): boolean => selections.every(canBeOff);
  const canBeOff = (node: SelectionNode): boolean => {
    // A variable that is not given meets no condition.
    if (!areMet(conditionsOf(node), {})) return true;
    if (node.kind === Kind.FIELD) return false;
    return canBeEmpty(node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments[node.name.value]!.selectionSet);
  };
  return visit(document, {
    Field: ({ selectionSet, ...field }) => (selectionSet && canBeEmpty(selectionSet) ? { ...field, selectionSet: { ...selectionSet, selections: [...selectionSet.selections, typename] } } : undefined),
  });
};
