import { getArgumentValues, isNonNullType, valueFromAST, type FieldNode, type GraphQLArgument, type GraphQLField, type ValueNode } from 'graphql';

/** The arguments of a field as its resolver gets them. Throws as graphql's `getArgumentValues` does, whose words it uses. */
export type ArgumentsOf = (variables: Record<string, unknown>) => Record<string, unknown>;

/** In place of a value that cannot be given without a further look. */
const DOUBTFUL = Symbol('doubtful');

const unlessDoubtful = (value: unknown, { type }: GraphQLArgument): unknown => (value === undefined || (value === null && isNonNullType(type)) ? DOUBTFUL : value);

/** What stands in place of an argument that is not given: its default, nothing, or an error. */
const compileAbsent = ({ defaultValue, type }: GraphQLArgument): unknown => (defaultValue === undefined && isNonNullType(type) ? DOUBTFUL : defaultValue);

const compileOne = (argument: GraphQLArgument, node: ValueNode | undefined): ((variables: Record<string, unknown>) => unknown) => {
  const absent = compileAbsent(argument);
  if (!node) return () => absent;
  // A value in the text may have variables inside.
  if (node.kind !== 'Variable') return (variables) => unlessDoubtful(valueFromAST(node, argument.type, variables), argument);
  const name = node.name.value;
  return (variables) => (name in variables ? unlessDoubtful(variables[name], argument) : absent);
};

const none = (): Record<string, unknown> => ({});

/** Looks at the arguments of a field once, so that what is left to do is to read variables. */
export const compileArguments = (field: GraphQLField<unknown, unknown>, node: FieldNode): ArgumentsOf => {
  if (field.args.length === 0) return none;
  const parts = field.args.map((argument) => ({ name: argument.name, valueOf: compileOne(argument, node.arguments?.find(({ name }) => name.value === argument.name)?.value) }));
  return (variables) => {
    const values: Record<string, unknown> = {};
    for (const { name, valueOf } of parts) {
      const value = valueOf(variables);
      if (value === DOUBTFUL) return getArgumentValues(field, node, variables);
      if (value !== undefined) values[name] = value;
    }
    return values;
  };
};
