import type { ConstDirectiveNode, ValueNode } from 'graphql';
import { scopesOf, type Actor } from './actor.ts';

/**
 * What a place in the schema asks of an actor, by the federation's own `@authenticated`, `@requiresScopes` and `@policy`.
 * Scopes and policies: any one of the inner lists, all of its members.
 */
export interface Demand {
  readonly authenticated: boolean;
  readonly scopes: readonly (readonly string[])[];
  /** Names of policies that somebody else evaluates; absent where none is asked for. */
  readonly policies?: readonly (readonly string[])[];
}

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

const textsOf = (value: ValueNode): string[] => (value.kind === 'ListValue' ? value.values.flatMap(textsOf) : value.kind === 'StringValue' ? [value.value] : []);

const listsOf = (directive: ConstDirectiveNode, name: 'scopes' | 'policies'): string[][] => {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === 'ListValue' ? value.values.map(textsOf) : [];
};

/** The demands written on a definition, each to be met; in a supergraph a directive may also go by its full name. */
export const demandsOf = (node: Directed | undefined | null): Demand[] =>
  (node?.directives ?? []).flatMap((directive): Demand[] => {
    if (/^(federation__)?authenticated$/.test(directive.name.value)) return [{ authenticated: true, scopes: [] }];
    if (/^(federation__)?requiresScopes$/.test(directive.name.value)) return [{ authenticated: true, scopes: listsOf(directive, 'scopes') }];
    if (/^(federation__)?policy$/.test(directive.name.value)) return [{ authenticated: false, scopes: [], policies: listsOf(directive, 'policies') }];
    return [];
  });

const isMetBy = (lists: readonly (readonly string[])[], held: readonly string[]): boolean => lists.some((all) => all.every((name) => held.includes(name)));

/** Whether an actor meets a demand, given the policies that hold. Unknown actors have no scopes, and a policy that nobody evaluated does not hold. */
export const satisfies = (actor: Actor, demand: Demand, holding: readonly string[] = []): boolean => {
  if (demand.authenticated && actor.kind === 'anonymous') return false;
  if (demand.scopes.length > 0 && !isMetBy(demand.scopes, scopesOf(actor))) return false;
  return demand.policies === undefined || isMetBy(demand.policies, holding);
};
