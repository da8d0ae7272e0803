import { defaultFieldResolver, getNamedType, isInterfaceType, isObjectType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { Problem } from '../errors/problem.ts';
import type { Actor } from './actor.ts';
import { demandsOf, satisfies, type Demand } from './demands.ts';

interface HasActor {
  readonly actor: Actor;
}

const isPublic = (field: GraphQLField<unknown, HasActor>): boolean => field.astNode?.directives?.some((directive) => directive.name.value === 'public') ?? false;

const typeDemands = (type: unknown): Demand[] => (isObjectType(type) ? [type.astNode, ...type.extensionASTNodes].flatMap(demandsOf) : []);

/** Throws unless the actor meets every demand. */
export const assertDemands = (actor: Actor, demands: readonly Demand[]): void => {
  for (const demand of demands) {
    if (!satisfies(actor, demand)) throw new Problem(actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'UNAUTHORIZED_FIELD_OR_TYPE');
  }
};

const guard = (field: GraphQLField<unknown, HasActor>, demands: readonly Demand[]): void => {
  if (demands.length === 0) return;
  const { resolve = defaultFieldResolver, subscribe } = field;
  field.resolve = (source, args, context, info) => {
    assertDemands(context.actor, demands);
    return resolve(source, args, context, info);
  };
  if (!subscribe) return;
  field.subscribe = (source, args, context, info) => {
    assertDemands(context.actor, demands);
    return subscribe(source, args, context, info);
  };
};

/** The federation's own entry points; what they give is guarded type by type and field by field. */
const ofFederation = new Set(['_service', '_entities']);

/** Representations of guarded types are refused before they are looked up. */
const guardEntities = (field: GraphQLField<unknown, HasActor>, schema: GraphQLSchema): void => {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    const names = new Set((args['representations'] as { __typename: string }[]).map((representation) => representation.__typename));
    for (const name of names) assertDemands(context.actor, typeDemands(schema.getType(name)));
    return resolve(source, args, context, info);
  };
};

const hasPolicy = (node: Parameters<typeof demandsOf>[0]): boolean => demandsOf(node).some(({ policies }) => policies !== undefined);

/** Places with `@policy`. A subgraph has nothing that evaluates policies, so it could only refuse them to everybody. */
const policiesIn = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap()).flatMap((type) => {
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    return [...([type.astNode, ...type.extensionASTNodes].some(hasPolicy) ? [type.name] : []), ...fields.filter(({ astNode }) => hasPolicy(astNode)).map(({ name }) => `${type.name}.${name}`)];
  });

const guardType = (type: GraphQLObjectType, schema: GraphQLSchema, isRoot: boolean, open: string[]): void => {
  for (const field of Object.values(type.getFields()) as GraphQLField<unknown, HasActor>[]) {
    if (isRoot && field.name === '_entities') guardEntities(field, schema);
    if (isRoot && ofFederation.has(field.name)) continue;
    const demands = [...demandsOf(field.astNode), ...typeDemands(getNamedType(field.type))];
    if (isRoot && demands.length === 0 && !isPublic(field)) open.push(`${type.name}.${field.name}`);
    guard(field, demands);
  }
};

/**
 * Enforces `@authenticated` and `@requiresScopes` in the subgraph itself, whatever stands before it. Fails closed: a
 * root field that neither demands something nor says `@public` keeps the subgraph from starting, and so does `@policy`.
 */
export const enforceDemands = (name: string, schema: GraphQLSchema): GraphQLSchema => {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  const open: string[] = [];
  const policies = policiesIn(schema);
  if (policies.length > 0) throw new Error(`Subgraph ${name}: ${policies.join(', ')} must not carry @policy, which only a gateway evaluates. Demand a scope, or check it in the use case.`);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('__')) guardType(type, schema, roots.has(type), open);
  }
  if (open.length > 0) throw new Error(`Subgraph ${name}: ${open.join(', ')} must carry @authenticated, @requiresScopes or @public.`);
  return schema;
};
