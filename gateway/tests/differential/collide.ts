import { isInterfaceType, isObjectType, Kind, print, validate, visit, type GraphQLSchema } from 'graphql';
import type { RandomOperation } from './generate.ts';
import type { Chance } from './random.ts';

const fieldNamesOf = (schema: GraphQLSchema): string[] => [
  ...new Set(['__typename', ...Object.values(schema.getTypeMap()).flatMap((type) => ((isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__') ? Object.keys(type.getFields()) : []))]),
];

/** Gives some fields of an operation names that other fields have, as far as it stays valid. */
export const createCollide = (schema: GraphQLSchema, chance: Chance): ((operation: RandomOperation) => RandomOperation) => {
  const names = fieldNamesOf(schema);
  return (operation) => {
    let { document } = operation;
    for (let time = 0; time < 4; time += 1) {
      let left = chance.below(8);
      const name = chance.pick(names);
      const renamed = visit(document, { Field: (node) => ((left -= 1) === -1 ? { ...node, alias: { kind: Kind.NAME, value: name } } : undefined) });
      if (validate(schema, renamed).length === 0) document = renamed;
    }
    return { ...operation, document, text: print(document) };
  };
};
