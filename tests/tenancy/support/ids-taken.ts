import { getNamedType, isInputObjectType, type GraphQLArgument, type GraphQLInputField } from 'graphql';

/** The names of all ids that arguments take, those within their inputs included. */
export const idsTaken = (inputs: readonly (GraphQLArgument | GraphQLInputField)[]): readonly string[] =>
  inputs.flatMap(({ name, type }) => {
    const named = getNamedType(type);
    if (isInputObjectType(named)) return idsTaken(Object.values(named.getFields()));
    return named.name === 'ID' ? [name] : [];
  });

/** The names under which something is given, at any depth. */
export const namesGiven = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesGiven(inner)]) : [];
