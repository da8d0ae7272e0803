import { getArgumentValues, getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective, isAbstractType, isNonNullType, type FieldNode, type GraphQLField, type GraphQLObjectType, type GraphQLResolveInfo, type GraphQLSchema, type SelectionNode, type SelectionSetNode } from 'graphql';
import { collectFields } from '../../gateway/collect-fields.ts';
import { completeOf, handle, type Complete, type Fields } from './complete.ts';
import { afterAll, isPromise, step, type Eventually, type Run, type Step } from './run.ts';

type RunField = (source: unknown, run: Run, path: Step) => Eventually<unknown>;

interface CompiledField {
  readonly name: string;
  readonly run: RunField;
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

const compileField = (field: GraphQLField<unknown, unknown>, nodes: FieldNode[], parent: GraphQLObjectType, complete: Complete): RunField => {
  const isNullable = !isNonNullType(field.type);
  const [node] = nodes as [FieldNode];
  const resolve = field.resolve ?? defaultResolve;
  const isPlain = !field.resolve;
  const takesArguments = field.args.length > 0;

  const infoOf = (run: Run, path: Step): GraphQLResolveInfo =>
    ({ fieldName: field.name, fieldNodes: nodes, returnType: field.type, parentType: parent, path: { ...path, typename: parent.name }, schema: run.schema, fragments: run.fragments, rootValue: undefined, operation: run.operation, variableValues: run.variables }) as unknown as GraphQLResolveInfo;

  return (source, run, path) => {
    const failed = (error: unknown): null => handle(error, isNullable, nodes, path, run);
    try {
      const value = isPlain && typeof source === 'object' && source !== null ? (source as Record<string, unknown>)[field.name] : undefined;
      const isValue = isPlain && typeof value !== 'function';
      const info = isValue && typeof value !== 'object' ? undefined : infoOf(run, path);
      const resolved = isValue ? value : resolve(source, takesArguments ? getArgumentValues(field, node, run.variables) : {}, run.context, info!);
      const completed = isPromise(resolved) ? resolved.then((got) => complete(got, run, path, info)) : complete(resolved, run, path, info);
      return isPromise(completed) ? completed.then(undefined, failed) : completed;
    } catch (error) {
      return failed(error);
    }
  };
};

/** Compiles selections for the types that objects turn out to have, each when it first comes along. */
export const compileFields = (sets: readonly SelectionSetNode[], compiling: Compiling): { readonly of: (type: GraphQLObjectType) => readonly CompiledField[]; readonly run: Fields } => {
  const made = new Map<GraphQLObjectType, readonly CompiledField[]>();

  const compile = (type: GraphQLObjectType): readonly CompiledField[] =>
    [...collect(sets, type, compiling)].flatMap(([name, nodes]): CompiledField[] => {
      const fieldName = nodes[0]!.name.value;
      if (fieldName === '__typename') return [{ name, run: () => type.name }];
      const field = type.getFields()[fieldName];
      if (!field) return [];
      const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      const place = { name: `${type.name}.${fieldName}`, nodes, fields: inner.length > 0 ? compileFields(inner, compiling).run : undefined };
      return [{ name, run: compileField(field, nodes, type, completeOf(field.type, place)) }];
    });

  const of = (type: GraphQLObjectType): readonly CompiledField[] => {
    const known = made.get(type) ?? compile(type);
    made.set(type, known);
    return known;
  };

  const run: Fields = (source, type, each, path) => {
    const answer: Record<string, unknown> = {};
    const waiting: Promise<unknown>[] = [];
    try {
      for (const { name, run: runField } of of(type)) {
        const value = runField(source, each, step(path, name));
        put(answer, name, value);
        if (isPromise(value)) waiting.push(value.then((got) => put(answer, name, got)));
      }
    } catch (error) {
      if (waiting.length > 0) return afterAll(waiting, error);
      throw error;
    }
    return waiting.length > 0 ? Promise.all(waiting).then(() => answer) : answer;
  };

  return { of, run };
};

/** Assigning to `__proto__` would change the prototype. */
export const put = (answer: Record<string, unknown>, name: string, value: unknown): void => {
  if (name === '__proto__') Object.defineProperty(answer, name, { value, enumerable: true, configurable: true, writable: true });
  else answer[name] = value;
};
