import { satisfies, type Actor } from '@buffrsign/kernel/gateway';
import { Kind, type DocumentNode, type FieldNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { typename } from '../operation-context.ts';
import type { Guard, GuardedOperation } from './guards.ts';

/** The guarded fields that an actor may not have, given the policies that hold, without those inside of others that are refused already. */
export const refusedTo = (actor: Actor, guards: readonly Guard[], holding: readonly string[]): readonly Guard[] => {
  const refused = new Set<Guard>();
  const isRefused = (guard: Guard | undefined): boolean => guard !== undefined && (refused.has(guard) || isRefused(guard.within));
  for (const guard of guards) {
    if (!isRefused(guard.within) && !guard.demands.every((demand) => satisfies(actor, demand, holding))) refused.add(guard);
  }
  return [...refused];
};

/** The operation without its refused fields; nothing when nothing is left of it. */
export const withoutRefused = (guarded: GuardedOperation, refused: readonly Guard[]): DocumentNode | undefined => {
  const gone = new Set(refused);

  const restrict = (set: SelectionSetNode): SelectionSetNode => ({ ...set, selections: set.selections.flatMap(restrictOne) });

  const restrictOne = (node: SelectionNode): SelectionNode[] => {
    const guard = guarded.guardOf.get(node);
    if (guard && gone.has(guard)) return [];
    if (node.kind === 'FragmentSpread' || !node.selectionSet) return [node];
    const selectionSet = restrict(node.selectionSet);
    if (selectionSet.selections.length > 0) return [{ ...node, selectionSet }];
    // A field that is allowed is still asked for when all inside of it is refused: it may be an act, and it may be null.
    return node.kind === 'Field' ? [{ ...node, selectionSet: { ...selectionSet, selections: [typename] } }] : [];
  };

  const selectionSet = restrict(guarded.operation.selectionSet);
  return selectionSet.selections.length === 0 ? undefined : { kind: Kind.DOCUMENT, definitions: [{ ...guarded.operation, selectionSet }] };
};

/**
 * The fields of an operation that are null whatever was fetched: a key that joins subgraphs may be there although this
 * actor must not see it. With all that stands inside of them.
 */
export const refusedNodes = ({ operation, guardOf }: GuardedOperation, refused: readonly Guard[]): ReadonlySet<FieldNode> => {
  const gone = new Set(refused);
  const nodes = new Set<FieldNode>();
  const look = (set: SelectionSetNode, isInside: boolean): void => {
    for (const node of set.selections) {
      const guard = guardOf.get(node);
      const isRefused = isInside || (guard !== undefined && gone.has(guard));
      if (isRefused && node.kind === Kind.FIELD) nodes.add(node);
      if (node.kind !== Kind.FRAGMENT_SPREAD && node.selectionSet) look(node.selectionSet, isRefused);
    }
  };
  look(operation.selectionSet, false);
  return nodes;
};
