import { isAbstractType, isInterfaceType, type GraphQLSchema } from 'graphql';

/** The type names that an object can carry and meet a type condition. */
export type MatchingTypes = (condition: string) => ReadonlySet<string>;

/**
 * Type conditions of a schema, each worked out once. An object can carry the name of an interface: a subgraph that knows
 * the interface as an object (`@interfaceObject`) answers so.
 */
export const createMatchingTypes = (schema: GraphQLSchema): MatchingTypes => {
  const known = new Map<string, ReadonlySet<string>>();
  const matching = (condition: string): Set<string> => {
    const type = schema.getType(condition);
    if (!isAbstractType(type)) return new Set([condition]);
    const interfaces = isInterfaceType(type) ? schema.getImplementations(type).interfaces : [];
    return new Set([condition, ...[...schema.getPossibleTypes(type), ...interfaces].map(({ name }) => name)]);
  };
  return (condition) => {
    const made = known.get(condition) ?? matching(condition);
    known.set(condition, made);
    return made;
  };
};
