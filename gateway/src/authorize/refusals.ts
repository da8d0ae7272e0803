import { problems, scopesOf, type Actor } from '@buffrsign/kernel/gateway';
import { GraphQLError } from 'graphql';
import { areMet } from './conditions.ts';
import type { Guard } from './guards.ts';

const refuse = (path: readonly string[], message: string, reason: string, more: Readonly<Record<string, unknown>> = {}): GraphQLError =>
  new GraphQLError(message, { path: [...path], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE', reason, ...more } });

const refusal = ({ path, demands }: Guard, actor: Actor): GraphQLError => {
  if (actor.kind === 'anonymous' && demands.some(({ authenticated }) => authenticated)) return refuse(path, problems.UNAUTHENTICATED, 'UNAUTHENTICATED');
  const held = scopesOf(actor);
  const requiredScopes = demands.map(({ scopes }) => scopes).filter((lists) => lists.length > 0 && !lists.some((all) => all.every((scope) => held.includes(scope))));
  if (requiredScopes.length > 0) return refuse(path, problems.UNAUTHORIZED_FIELD_OR_TYPE, 'MISSING_SCOPE', { requiredScopes });
  // Without their names: policies are rules of the house, and a client can do nothing with them.
  return refuse(path, 'A policy does not allow you this field.', 'POLICY_NOT_MET');
};

/** One error for every refused place that was asked for; `@` in its path stands for each item of a list, as routers write it. */
export const refusalsOf = (refused: readonly Guard[], actor: Actor, variables: Readonly<Record<string, unknown>>): GraphQLError[] => {
  const byPath = new Map<string, GraphQLError>();
  for (const guard of refused) {
    const key = guard.path.join('.');
    if (!byPath.has(key) && areMet(guard.conditions, variables)) byPath.set(key, refusal(guard, actor));
  }
  return [...byPath.values()];
};
