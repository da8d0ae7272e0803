import { functionOf } from '@buffrsign/kernel/gateway';
import { Kind, parse, type SelectionSetNode } from 'graphql';
import { isInherited, mergeIntoAll, mergeOne, type Data } from './data.ts';

/** Puts what was answered for an entity at all its places. */
type MergeIntoAll = (places: readonly Data[], entity: Data) => void;

/** The response names that a query asks for of entities, through fragments of all types. */
const entityFieldsOf = (query: string): string[] => {
  const names = new Set<string>();
  const { definitions } = parse(query, { noLocation: true });
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add((selection.alias ?? selection.name).value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) look(selection.selectionSet);
      else for (const definition of definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value) look(definition.selectionSet);
    }
  };
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const root of definition.selectionSet.selections) if (root.kind === Kind.FIELD && root.selectionSet) look(root.selectionSet);
  }
  return [...names];
};

/** What is nothing inside, or has nothing to be merged with, is put in by its name. */
const putText = (name: string, index: number): string => `
  if (value${index} !== undefined) {
    if (typeof value${index} !== 'object' || place[${name}] === undefined) place[${name}] = value${index};
    else mergeOne(place, ${name}, value${index});
  }`;

/**
 * Written out for the names that the query of a fetch asks for. One of a name that objects inherit is merged with the
 * care that such a name needs.
 */
export const compileMergeIntoAll = (query: string): MergeIntoAll => {
  const fields = entityFieldsOf(query);
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
