import { compileVariables } from '@buffrsign/kernel/gateway';
import { coerceInputValue, GraphQLError, isInputType, typeFromAST, type GraphQLSchema, type VariableDefinitionNode } from 'graphql';

export type ReadVariables = { readonly coerced: Readonly<Record<string, unknown>> } | { readonly errors: readonly GraphQLError[] };

/** Reasons of graphql's that name fields and types only. All others may show what was sent. */
const showsNoValue = /^(Field "\w+" (of required type "[^"]+" was not provided|is not defined by type "\w+")|Expected (non-nullable )?type "[^"]+" (not to be null|to be an object))\./;

const isAboutAValue = ({ message }: GraphQLError): boolean => /^Variable "\$\w+" got invalid value /.test(message);

/** Sentences about one request at most: a long list of wrong values makes a long list of errors. */
const MOST_ERRORS = 50;

class EnoughError extends Error {
  override name = 'EnoughError';
}

/** What is wrong with a value, without the value: errors are logged by clients, and a value may be a password. */
const describe = (schema: GraphQLSchema, definition: VariableDefinitionNode, value: unknown): string[] => {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  const messages: string[] = [];
  try {
    if (!isInputType(type)) return messages;
    coerceInputValue(value, type, (path, _value, error) => {
      messages.push(`Variable "$${name}" is not valid at "${[name, ...path].join('.')}": ${showsNoValue.exec(error.message)?.[0] ?? 'this is no value of its type.'}`);
      if (messages.length >= MOST_ERRORS) throw new EnoughError();
    });
  } catch (error) {
    if (!(error instanceof EnoughError)) throw error;
  }
  return messages;
};

const refuse = (message: string, { nodes }: GraphQLError): GraphQLError => new GraphQLError(message, { ...(nodes && { nodes }), extensions: { code: 'BAD_USER_INPUT' } });

/** Objects and lists inside of each other: whoever writes or reads them again goes down as deep. */
const MOST_LEVELS = 50;

/** Looked at no deeper than that: going down into what is too deep is the very thing to avoid. */
const isTooDeep = (value: unknown, levels = MOST_LEVELS): boolean => {
  if (levels < 0) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
};

const tooDeep = (): GraphQLError => new GraphQLError(`The variables have objects and lists in more than ${MOST_LEVELS} levels. Send them flatter.`, { extensions: { code: 'BAD_USER_INPUT' } });

/** Reads the variables of one operation: as the schema has them, with their defaults; or what is wrong with them, without what was sent. */
export const compileReadVariables = (schema: GraphQLSchema, definitions: readonly VariableDefinitionNode[]): ((given: Readonly<Record<string, unknown>>) => ReadVariables) => {
  const coerce = compileVariables(schema, definitions);
  return (given) => {
    if (isTooDeep(given)) return { errors: [tooDeep()] };
    const { coerced, errors } = coerce(given);
    if (!errors) return { coerced };
    const told = new Set<string>();
    return {
      errors: errors.flatMap((error) => {
        if (!isAboutAValue(error)) return [refuse(error.message, error)];
        const definition = definitions.find((one) => error.nodes?.includes(one));
        // All that is wrong with one variable is described at once.
        if (!definition || told.has(definition.variable.name.value)) return [];
        told.add(definition.variable.name.value);
        return describe(schema, definition, given[definition.variable.name.value]).map((message) => refuse(message, error));
      }),
    };
  };
};
