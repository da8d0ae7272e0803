import type { ConstDirectiveNode, ValueNode } from 'graphql';
import { scopesOf, type Actor } from './actor.ts';

/**
 * What a place in the schema asks of an actor, by the federation's own `@authenticated` and `@requiresScopes`.
 * Scopes: any one of the inner lists, all of its members.
 */
export interface Demand {
  readonly authenticated: boolean;
  readonly scopes: readonly (readonly string[])[];
}

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

const textsOf = (value: ValueNode): string[] => (value.kind === 'ListValue' ? value.values.flatMap(textsOf) : value.kind === 'StringValue' ? [value.value] : []);

const scopeListsOf = (directive: ConstDirectiveNode): string[][] => {
  const value = directive.arguments?.find((argument) => argument.name.value === 'scopes')?.value;
  return value?.kind === 'ListValue' ? value.values.map(textsOf) : [];
};

/** The demands written on a definition, each to be met; in a supergraph a directive may also go by its full name. */
export const demandsOf = (node: Directed | undefined | null): Demand[] =>
  (node?.directives ?? []).flatMap((directive) => {
    if (/^(federation__)?authenticated$/.test(directive.name.value)) return [{ authenticated: true, scopes: [] }];
    if (/^(federation__)?requiresScopes$/.test(directive.name.value)) return [{ authenticated: true, scopes: scopeListsOf(directive) }];
    return [];
  });

/** Whether an actor meets a demand. Unknown actors meet none. */
export const satisfies = (actor: Actor, demand: Demand): boolean => {
  if (actor.kind === 'anonymous') return false;
  const held = scopesOf(actor);
  return demand.scopes.length === 0 || demand.scopes.some((all) => all.every((scope) => held.includes(scope)));
};
