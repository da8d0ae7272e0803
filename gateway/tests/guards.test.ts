import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createDemandsAt } from '../src/authorize/demands-of-schema.ts';
import { guard } from '../src/authorize/guards.ts';

// As composed by something that does not write the demands of types onto their interfaces.
const schema = buildSchema(`
  directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  interface Note { text: String }
  type Open implements Note { text: String }
  type Sealed implements Note @authenticated { text: String }
  type Query { notes: [[Note]!] open: Open }
`);

const guardedPaths = (query: string): string[] => {
  const operation = getOperationAST(parse(query));
  if (!operation) throw new Error('no operation');
  return guard(schema, createDemandsAt(schema), operation, {}).guards.map(({ path }) => path.join('.'));
};

describe('guards', () => {
  it('stand before a field of an interface when any object there may be of a guarded type', () => {
    expect(guardedPaths('{ notes { text } }')).toEqual(['notes.@.@.text']);
  });

  it('do not stand where a fragment leaves only unguarded types', () => {
    expect(guardedPaths('{ notes { ... on Open { text ... on Note { text } } } open { ... on Note { text } } }')).toEqual([]);
  });

  it('let everybody ask what type an object has', () => {
    expect(guardedPaths('{ notes { __typename } }')).toEqual([]);
  });
});
