import { problems, scopesOf, type Actor } from '@buffrsign/kernel/gateway';
import { GraphQLError } from 'graphql';
import { areMet } from './conditions.ts';
import type { Guard } from './guards.ts';

const refusal = (guard: Guard, actor: Actor): GraphQLError => {
  const path = [...guard.path];
  if (actor.kind === 'anonymous') {
    return new GraphQLError(problems.UNAUTHENTICATED, { path, extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE', reason: 'UNAUTHENTICATED' } });
  }
  const held = scopesOf(actor);
  const requiredScopes = guard.demands.map(({ scopes }) => scopes).filter((lists) => lists.length > 0 && !lists.some((all) => all.every((scope) => held.includes(scope))));
  return new GraphQLError(problems.UNAUTHORIZED_FIELD_OR_TYPE, { path, extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE', reason: 'MISSING_SCOPE', requiredScopes } });
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
