import { getDirectiveValues, getNullableType, GraphQLIncludeDirective, GraphQLSkipDirective, isAbstractType, isLeafType, isNonNullType, type FieldNode, type GraphQLField, type GraphQLObjectType, type GraphQLResolveInfo, type GraphQLSchema, type SelectionNode, type SelectionSetNode } from 'graphql';
import { collectFields } from '../../gateway/collect-fields.ts';
import { compileArguments } from './arguments.ts';
import { completeOf, handle, type Complete, type Fields } from './complete.ts';
import { plainLeafOf } from './leaf.ts';
import { compileRunFields, type RunField, type RunnableField } from './run-fields.ts';
import { isPromise, isThenable, settle, step, unlessError, type Run, type Step } from './run.ts';

/** What is asked of objects of one type. */
interface CompiledFields {
  readonly fields: readonly RunnableField[];
  readonly run: ReturnType<typeof compileRunFields>;
}

/** What a document is compiled with; conditions are decided before, so that none is looked at while it runs. */
export interface Compiling {
  readonly schema: GraphQLSchema;
  readonly fragments: Run['fragments'];
  readonly variables: Record<string, unknown>;
}

const isAskedFor = (node: SelectionNode, { variables }: Compiling): boolean =>
  !node.directives?.length || (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true && getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false);

const collect = (sets: readonly SelectionSetNode[], type: GraphQLObjectType, compiling: Compiling): ReadonlyMap<string, FieldNode[]> => {
  const applies = (condition: string): boolean => {
    const named = compiling.schema.getType(condition);
    return named === type || (isAbstractType(named) && compiling.schema.isSubType(named, type));
  };
  return collectFields(sets, { fragments: compiling.fragments, isAskedFor: (node) => isAskedFor(node, compiling), applies });
};

/** As graphql's own default: a property, or a method that is called with the arguments. */
const defaultResolve = (source: unknown, args: Record<string, unknown>, context: unknown, info: GraphQLResolveInfo): unknown => {
  const value = typeof source === 'object' && source !== null ? (source as Record<string, unknown>)[info.fieldName] : undefined;
  return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).call(source, args, context, info) : value;
};

/** Of the places of one field: a list's items stand below the field itself. */
const fieldAt = (path: Step): Step => {
  let at = path;
  while (typeof at.key === 'number' && at.prev) at = at.prev;
  return at;
};

const compileInfo =
  (field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[], parent: GraphQLObjectType) =>
  ({ schema, fragments, operation, variables }: Run, path: Step): GraphQLResolveInfo => {
    const { prev, key } = fieldAt(path);
    return { fieldName: field.name, fieldNodes: nodes, returnType: field.type, parentType: parent, path: { prev, key, typename: parent.name }, schema, fragments, rootValue: undefined, operation, variableValues: variables } as unknown as GraphQLResolveInfo;
  };

/** A field that is a value of its parent, which most are. Anything else that stands there is left to `resolved`. */
const compilePlain = ({ name: property, type }: GraphQLField<unknown, unknown>, name: string, nodes: readonly FieldNode[], complete: Complete, resolved: RunField): RunField => {
  const isNullable = !isNonNullType(type);
  const isLeaf = isLeafType(getNullableType(type));
  return (source, run, parent) => {
    if (typeof source !== 'object' || source === null) return resolved(source, run, parent);
    try {
      const value = (source as Record<string, unknown>)[property];
      if (typeof value === 'function' || isThenable(value)) return resolved(source, run, parent);
      // The path is that of the parent, which is cheaper: of a leaf it is asked for only when there is an error.
      const completed = complete(unlessError(value), run, isLeaf ? parent! : step(parent, name));
      return isPromise(completed) ? completed.then(undefined, (error: unknown) => handle(error, isNullable, nodes, step(parent, name), run)) : completed;
    } catch (error) {
      return handle(error, isNullable, nodes, step(parent, name), run);
    }
  };
};

const compileResolved = (field: GraphQLField<unknown, unknown>, name: string, nodes: FieldNode[], complete: Complete, infoAt: ReturnType<typeof compileInfo>): RunField => {
  const isNullable = !isNonNullType(field.type);
  const resolve = field.resolve ?? defaultResolve;
  const argumentsOf = compileArguments(field, nodes[0]!);
  return (source, run, parent) => {
    const path = step(parent, name);
    try {
      const resolved = settle(resolve(source, argumentsOf(run.variables), run.context, infoAt(run, path)));
      const completed = isPromise(resolved) ? resolved.then((got) => complete(got, run, path)) : complete(resolved, run, path);
      return isPromise(completed) ? completed.then(undefined, (error: unknown) => handle(error, isNullable, nodes, path, run)) : completed;
    } catch (error) {
      return handle(error, isNullable, nodes, path, run);
    }
  };
};

/** Compiles selections for the types that objects turn out to have, each when it first comes along. */
export const compileFields = (sets: readonly SelectionSetNode[], compiling: Compiling): { readonly of: (type: GraphQLObjectType) => CompiledFields; readonly run: Fields } => {
  const made = new Map<GraphQLObjectType, CompiledFields>();

  const compileField = (name: string, nodes: FieldNode[], type: GraphQLObjectType): RunnableField | undefined => {
    const fieldName = nodes[0]!.name.value;
    if (fieldName === '__typename') return { name, run: () => type.name };
    const field = type.getFields()[fieldName];
    if (!field) return undefined;
    const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const infoAt = compileInfo(field, nodes, type);
    const complete = completeOf(field.type, { name: `${type.name}.${fieldName}`, nodes, fields: inner.length > 0 ? compileFields(inner, compiling).run : undefined, infoAt });
    const resolved = compileResolved(field, name, nodes, complete, infoAt);
    if (field.resolve) return { name, run: resolved };
    const isPlain = plainLeafOf(field.type);
    return { name, run: compilePlain(field, name, nodes, complete, resolved), ...(isPlain && { plain: { property: field.name, isPlain } }) };
  };

  const compile = (type: GraphQLObjectType): CompiledFields => {
    const fields = [...collect(sets, type, compiling)].flatMap(([name, nodes]) => compileField(name, nodes, type) ?? []);
    return { fields, run: compileRunFields(fields) };
  };

  const of = (type: GraphQLObjectType): CompiledFields => {
    const known = made.get(type);
    if (known) return known;
    const compiled = compile(type);
    made.set(type, compiled);
    return compiled;
  };

  return { of, run: (source, type, run, path) => of(type).run(source, run, path) };
};
