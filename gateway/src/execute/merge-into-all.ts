import { functionOf } from '@buffrsign/kernel/gateway';
import { isInherited, mergeIntoAll, mergeOne, type Data } from './data.ts';

/** Puts what was answered for an entity at all its places. */
type MergeIntoAll = (places: readonly Data[], entity: Data) => void;

/** What is nothing inside, or has nothing to be merged with, is put in by its name. */
const putText = (name: string, index: number): string => `
  if (value${index} !== undefined) {
    if (typeof value${index} !== 'object' || place[${name}] === undefined) place[${name}] = value${index};
    else mergeOne(place, ${name}, value${index});
  }`;

/**
 * Written out for the response names that the query of a fetch asks for. One of a name that objects inherit is merged with the
 * care that such a name needs.
 */
export const compileMergeIntoAll = (fields: readonly string[]): MergeIntoAll => {
  if (fields.some(isInherited)) return mergeIntoAll;
  const names = fields.map((field) => JSON.stringify(field));
  return functionOf(
    `
    return (places, entity) => {
      ${names.map((name, index) => `const value${index} = entity[${name}];`).join('\n')}
      for (const place of places) {${names.map(putText).join('')}
      }
    };`,
    { mergeOne },
  );
};
