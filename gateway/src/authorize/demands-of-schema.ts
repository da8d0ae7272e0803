import { demandsOf, type Demand } from '@buffrsign/kernel/gateway';
import { isInterfaceType, isObjectType, type GraphQLCompositeType, type GraphQLNamedType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

/** Where a field stands in an operation: the type it is asked of, and the types that an object there can have. */
export interface FieldPlace {
  readonly parent: GraphQLCompositeType;
  readonly possible: ReadonlySet<GraphQLObjectType>;
  readonly field: string;
  readonly returns: GraphQLNamedType;
}

/** What must be met, all of it, before a field is fetched. */
export type DemandsAt = (place: FieldPlace) => readonly Demand[];

/**
 * Reads the demands of a supergraph. A field carries its own, those of the type it is asked of and those of the type
 * it returns. Asked of an interface or inside a fragment, it also carries those of every type that the object can
 * turn out to have: which one it is shows only after it was fetched.
 */
export const createDemandsAt = (supergraphSchema: GraphQLSchema): DemandsAt => {
  const ofType = (name: string): Demand[] => demandsOf(supergraphSchema.getType(name)?.astNode);
  const ofField = (typeName: string, field: string): Demand[] => {
    const type = supergraphSchema.getType(typeName);
    return isObjectType(type) || isInterfaceType(type) ? demandsOf(type.getFields()[field]?.astNode) : [];
  };
  return ({ parent, possible, field, returns }) => {
    const owners = new Set([parent.name, ...[...possible].map((type) => type.name)]);
    return [...[...owners].flatMap((owner) => [...ofType(owner), ...ofField(owner, field)]), ...ofType(returns.name)];
  };
};
