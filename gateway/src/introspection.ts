import { Problem, scopesOf, type Actor } from '@buffrsign/kernel/gateway';
import type { SelectionNode } from 'graphql';
import type { OperationContext } from './operation-context.ts';

/** Who may ask for the schema: everybody, members, those with a scope, or nobody. */
export type Introspection = 'all' | 'users' | 'none' | { readonly scope: string };

/** Whether an operation asks for the schema, directly or by fragments. */
export const asksForSchema = ({ operation, fragments }: OperationContext): boolean => {
  const passed = new Set<string>();
  const asks = (node: SelectionNode): boolean => {
    if (node.kind === 'Field') return node.name.value === '__schema' || node.name.value === '__type';
    if (node.kind === 'InlineFragment') return node.selectionSet.selections.some(asks);
    if (passed.has(node.name.value)) return false;
    passed.add(node.name.value);
    return fragments[node.name.value]?.selectionSet.selections.some(asks) ?? false;
  };
  return operation.selectionSet.selections.some(asks);
};

/** Why an actor may not ask for the schema; nothing when they may. Where nobody may, operations that ask are invalid already. */
export const schemaRefused = (allowed: Introspection, actor: Actor): Problem | undefined => {
  if (allowed === 'all') return undefined;
  if (actor.kind === 'anonymous') return new Problem('UNAUTHENTICATED', { message: 'Sign in first: the schema is not shown to everybody here.' });
  const may = allowed === 'users' ? actor.kind === 'user' : allowed !== 'none' && scopesOf(actor).includes(allowed.scope);
  return may ? undefined : new Problem('FORBIDDEN', { message: 'Your token does not allow you to ask for the schema.' });
};
