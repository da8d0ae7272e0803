import { isEnumType, isInputObjectType, isListType, isNonNullType, typeFromAST, isInputType, isScalarType, type GraphQLInputType, type GraphQLSchema, type VariableDefinitionNode } from 'graphql';

/** Inputs inside of inputs that are written out; what is deeper is left to whoever fills it in. */
const DEPTH = 3;

/** What stands for a value that is to be filled in. */
const placeholders: Readonly<Record<string, unknown>> = { Int: 0, Float: 0, Boolean: false };

const valueOf = (type: GraphQLInputType, depth: number): unknown => {
  if (isNonNullType(type)) return valueOf(type.ofType, depth);
  if (isListType(type)) return depth > DEPTH ? [] : [valueOf(type.ofType, depth + 1)];
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isScalarType(type)) return placeholders[type.name] ?? '';
  if (!isInputObjectType(type) || depth > DEPTH) return {};
  const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  return Object.fromEntries(required.map((field) => [field.name, valueOf(field.type, depth + 1)]));
};

/** The variables that an operation cannot do without, ready to be filled in. */
export const skeletonOf = (schema: GraphQLSchema, definitions: readonly VariableDefinitionNode[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    definitions.flatMap((definition) => {
      const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined;
      if (!isInputType(type) || !isNonNullType(type) || definition.defaultValue) return [];
      return [[definition.variable.name.value, valueOf(type, 1)]];
    }),
  );
