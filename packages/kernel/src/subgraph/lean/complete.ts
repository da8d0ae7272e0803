import { GraphQLError, isAbstractType, isLeafType, isListType, isNonNullType, isObjectType, locatedError, responsePathAsArray, type FieldNode, type GraphQLAbstractType, type GraphQLLeafType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLResolveInfo } from 'graphql';
import { afterAll, isPromise, settle, step, type Eventually, type Run, type Step } from './run.ts';

/** Turns what a resolver gave into what may be answered. Throws where that is not possible. */
export type Complete = (value: unknown, run: Run, path: Step) => Eventually<unknown>;

/** What is asked of an object: its fields, once its type is known. */
export type Fields = (source: unknown, type: GraphQLObjectType, run: Run, path: Step | undefined) => Eventually<Record<string, unknown>>;

/** Where the value stands, for what is said of it. */
interface Place {
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  readonly fields: Fields | undefined;
  /** What resolvers of types are told of the field. */
  readonly infoAt: (run: Run, path: Step) => GraphQLResolveInfo;
}

const nonNull = (inner: Complete, { name }: Place): Complete => {
  const check = (value: unknown): unknown => {
    if (value === null) throw new Error(`Cannot return null for non-nullable field ${name}.`);
    return value;
  };
  return (value, run, path) => {
    const completed = inner(value, run, path);
    return isPromise(completed) ? completed.then(check) : check(completed);
  };
};

/** An error at a place that can be null: noted, and null in its place. At one that cannot, it goes on upwards. */
export const handle = (error: unknown, isNullable: boolean, nodes: readonly FieldNode[], path: Step, run: Run): null => {
  const located = locatedError(error, nodes, responsePathAsArray(path));
  if (!isNullable) throw located;
  run.errors.push(located);
  return null;
};

const list = (inner: Complete, itemsAreNullable: boolean, { name, nodes }: Place): Complete => {
  const item: Complete = (value, run, path) => {
    try {
      const settled = settle(value);
      const completed = isPromise(settled) ? settled.then((resolved) => inner(resolved, run, path)) : inner(settled, run, path);
      return isPromise(completed) ? completed.then(undefined, (error: unknown) => handle(error, itemsAreNullable, nodes, path, run)) : completed;
    } catch (error) {
      return handle(error, itemsAreNullable, nodes, path, run);
    }
  };
  return (value, run, path) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object' || !(Symbol.iterator in value)) throw new GraphQLError(`Expected Iterable, but did not find one for field "${name}".`);
    const items: unknown[] = [];
    let waits = false;
    try {
      for (const each of value as Iterable<unknown>) {
        const completed = item(each, run, step(path, items.length));
        waits ||= isPromise(completed);
        items.push(completed);
      }
    } catch (error) {
      if (waits) return afterAll(items, error);
      throw error;
    }
    return waits ? Promise.all(items) : items;
  };
};

const leaf = (type: GraphQLLeafType): Complete => (value) => {
  if (value === null || value === undefined) return null;
  const serialized: unknown = type.serialize(value);
  if (serialized === null || serialized === undefined) throw new Error(`Expected \`${type.name}.serialize(value)\` to return non-nullable value, returned ${String(serialized)}`);
  return serialized;
};

const object = (type: GraphQLObjectType, { fields, infoAt }: Place): Complete => {
  const { isTypeOf } = type;
  if (!isTypeOf) return (value, run, path) => (value === null || value === undefined ? null : fields!(value, type, run, path));
  return (value, run, path) => {
    if (value === null || value === undefined) return null;
    const go = (is: boolean): Eventually<unknown> => {
      if (!is) throw new GraphQLError(`Expected value of type "${type.name}" but got something else.`);
      return fields!(value, type, run, path);
    };
    const is = isTypeOf(value, run.context, infoAt(run, path));
    return isPromise(is) ? is.then(go) : go(is);
  };
};

const abstract = (type: GraphQLAbstractType, place: Place): Complete => {
  const objects = new Map<string, Complete>();
  const completeFor = (name: string | undefined, { schema }: Run): Complete => {
    const known = objects.get(name ?? '');
    if (known) return known;
    const kind = schema.getType(name ?? '');
    if (name === undefined || !isObjectType(kind) || !schema.isSubType(type, kind)) throw new GraphQLError(`Abstract type "${type.name}" was resolved to "${String(name)}", which is none of its types.`);
    const made = object(kind, place);
    objects.set(name, made);
    return made;
  };
  return (value, run, path) => {
    if (value === null || value === undefined) return null;
    const name = (type.resolveType ?? run.typeResolver)(value, run.context, place.infoAt(run, path), type);
    return isPromise(name) ? name.then((told) => completeFor(told, run)(value, run, path)) : completeFor(name, run)(value, run, path);
  };
};

/** Completion by type, put together once a document. */
export const completeOf = (type: GraphQLOutputType, place: Place): Complete => {
  if (isNonNullType(type)) return nonNull(completeOf(type.ofType, place), place);
  if (isListType(type)) return list(completeOf(type.ofType, place), !isNonNullType(type.ofType), place);
  if (isLeafType(type)) return leaf(type);
  return isAbstractType(type) ? abstract(type, place) : object(type, place);
};
