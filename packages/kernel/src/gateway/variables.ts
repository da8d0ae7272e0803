import { getVariableValues, isInputObjectType, isInputType, isListType, isNonNullType, typeFromAST, valueFromAST, type GraphQLError, type GraphQLInputType, type GraphQLSchema, type VariableDefinitionNode } from 'graphql';

/** Variables as a schema has them, with their defaults; or what is wrong with them. */
export type CoercedVariables = { readonly coerced: Record<string, unknown>; readonly errors?: never } | { readonly errors: readonly GraphQLError[]; readonly coerced?: never };

/** Errors of one request that are told. */
const MOST_ERRORS = 50;

/** In place of a value that is not plainly one of its type. */
const DOUBTFUL = Symbol('doubtful');

/** A value of a type as its resolvers get it. */
type Coerce = (value: unknown) => unknown;

type CoerceOf = (type: GraphQLInputType) => Coerce;

const coerceList = (item: Coerce): Coerce => (value) => {
  const items: unknown[] = [];
  for (const each of Array.isArray(value) ? value : [value]) {
    const coerced = item(each);
    if (coerced === DOUBTFUL) return DOUBTFUL;
    items.push(coerced);
  }
  return items;
};

const coerceFields = (fields: readonly { readonly name: string; readonly coerce: Coerce; readonly isRequired: boolean; readonly defaultValue: unknown }[]): Coerce => {
  const names = new Set(fields.map(({ name }) => name));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).some((name) => !names.has(name))) return DOUBTFUL;
    const given = value as Readonly<Record<string, unknown>>;
    const coerced = Object.create(null) as Record<string, unknown>;
    for (const { name, coerce, isRequired, defaultValue } of fields) {
      const field = Object.hasOwn(given, name) ? given[name] : undefined;
      if (field === undefined && isRequired) return DOUBTFUL;
      const made = field === undefined ? defaultValue : coerce(field);
      if (made === DOUBTFUL) return DOUBTFUL;
      if (made !== undefined) coerced[name] = made;
    }
    return coerced;
  };
};

const createCoerceOf = (): CoerceOf => {
  const known = new Map<GraphQLInputType, Coerce>();

  const compile: CoerceOf = (type) => {
    if (isListType(type)) return coerceList(of(type.ofType));
    if (isInputObjectType(type)) {
      if (type.isOneOf) return () => DOUBTFUL;
      // Types may have fields of their own kind: those are looked up when a value comes.
      const fields = Object.values(type.getFields()).map(({ name, type: inner, defaultValue }) => ({ name, coerce: (value: unknown) => of(inner)(value), isRequired: isNonNullType(inner) && defaultValue === undefined, defaultValue }));
      return coerceFields(fields);
    }
    if (isNonNullType(type)) return of(type.ofType);
    return (value) => {
      try {
        return type.parseValue(value) ?? DOUBTFUL;
      } catch {
        return DOUBTFUL;
      }
    };
  };

  const make: CoerceOf = (type) => {
    const isNullable = !isNonNullType(type);
    const coerce = compile(type);
    return (value) => {
      if (value !== null && value !== undefined) return coerce(value);
      return isNullable ? null : DOUBTFUL;
    };
  };

  const of: CoerceOf = (type) => {
    const made = known.get(type) ?? make(type);
    known.set(type, made);
    return made;
  };
  return of;
};

/**
 * Coerces the variables of one operation as graphql's `getVariableValues` does, but looks at their types only once.
 * Whatever is not plainly right is left to that function, which knows what to say of it.
 */
export const compileVariables = (schema: GraphQLSchema, definitions: readonly VariableDefinitionNode[]): ((given: Readonly<Record<string, unknown>>) => CoercedVariables) => {
  const coerceOf = createCoerceOf();
  const variables = definitions.map(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node);
    const isPlain = isInputType(type) && variable.name.value !== '__proto__';
    return { name: variable.name.value, coerce: isPlain ? coerceOf(type) : () => DOUBTFUL, fallback: defaultValue && isPlain ? () => valueFromAST(defaultValue, type) : undefined, isRequired: isNonNullType(type) };
  });

  const coerceAll = (given: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined => {
    const coerced = Object.create(null) as Record<string, unknown>;
    for (const { name, coerce, fallback, isRequired } of variables) {
      if (Object.hasOwn(given, name)) {
        const made = coerce(given[name]);
        if (made === DOUBTFUL) return undefined;
        coerced[name] = made;
      } else if (fallback) coerced[name] = fallback();
      else if (isRequired) return undefined;
    }
    return coerced;
  };

  return (given) => {
    const coerced = coerceAll(given);
    return coerced ? { coerced } : getVariableValues(schema, definitions, given, { maxErrors: MOST_ERRORS });
  };
};
