import {
  getNullableType,
  GraphQLError,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql';
import { AbsenceError } from '../errors.ts';
import { isData, type Data } from './data.ts';
import type { Fetched } from './fetched.ts';
import { validityOf, type IsValid } from './leaf.ts';
import { selectFields, type Selecting } from './select.ts';
import { compileShapeFields, type ShapedField, type ShapeFields } from './shape-fields.ts';

/** One shaping of an answer. */
export interface Shaping {
  /** Where it is at; read when an error is noted. */
  readonly path: (string | number)[];
  /** What should not be null but is, where no subgraph said why. */
  readonly errors: GraphQLError[];
  /** What was shaped, by its fields and by its data, where objects stand at several places: each is shaped once for all of them. */
  readonly shared: Map<unknown, Map<Data, Data>> | undefined;
}

/**
 * Turns what subgraphs answered into what the client asked for. `null` is a null that may stand there; `undefined` is
 * one that may not, so that it takes the object or list around it with it.
 */
export type Shape = (value: unknown, shaping: Shaping) => unknown;

const note = (shaping: Shaping, message: string, Kind: typeof GraphQLError = GraphQLError): void => void shaping.errors.push(new Kind(message, { path: [...shaping.path], extensions: { code: 'INTERNAL' } }));

const nonNull =
  (inner: Shape, where: string): Shape =>
  (value, shaping) => {
    const before = shaping.errors.length;
    const shaped = inner(value, shaping);
    if (shaped !== null) return shaped;
    if (shaping.errors.length === before) note(shaping, `Nothing came for ${where}, which cannot be null.`, value === undefined ? AbsenceError : GraphQLError);
    return undefined;
  };

const list =
  (inner: Shape, where: string): Shape =>
  (value, shaping) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) {
      note(shaping, `What came for ${where} is no list.`);
      return null;
    }
    const shaped: unknown[] = [];
    const { path } = shaping;
    for (let index = 0; index < value.length; index += 1) {
      path.push(index);
      const item = inner(value[index], shaping);
      path.pop();
      if (item !== undefined) shaped.push(item);
    }
    return shaped.length === value.length ? shaped : null;
  };

const leaf = (isValid: (value: unknown) => boolean, where: string): Shape => (value, shaping) => {
  if (value === null || value === undefined) return null;
  if (isValid(value)) return value;
  note(shaping, `What came for ${where} is no value of its type.`);
  return null;
};

/** What no fetch asks for is missing for another reason than that there is none. The planner leaves out what it finds no way to. */
const unfetched =
  (type: GraphQLOutputType, where: string): Shape =>
  (_value, shaping) => {
    note(shaping, `There is no way to ${where} from here.`);
    return isNonNullType(type) ? undefined : null;
  };

const unlessAbsent = (isValid: IsValid): IsValid => (value) => value !== null && value !== undefined && isValid(value);

/** One object at several places is shaped once for all of them, where there can be some. */
const shapeObject = (fields: readonly ShapedField[]): ShapeFields => {
  const shapeAnew = compileShapeFields(fields);
  return (data, shaping) => {
    if (!shaping.shared) return shapeAnew(data, shaping);
    let kept = shaping.shared.get(fields);
    if (!kept) shaping.shared.set(fields, (kept = new Map()));
    const known = kept.get(data);
    if (known) return known;
    const before = shaping.errors.length;
    const shaped = shapeAnew(data, shaping);
    // One with errors is shaped at every place, so that they are told of every place.
    if (shaped && shaping.errors.length === before) kept.set(data, shaped);
    return shaped;
  };
};

/** Shapes of the selections of an operation, each made when an object of its type first comes along. */
export const createShapes = (selecting: Selecting): ((sets: readonly SelectionSetNode[], type: GraphQLCompositeType, fetched: Fetched) => Shape) => {
  const { schema, refused, nameOf } = selecting;

  const typename = (type: GraphQLCompositeType): Shape => (_value, shaping) => {
    if (isObjectType(type)) return type.name;
    note(shaping, `It is not known which ${type.name} this is.`);
    return undefined;
  };

  const shapeOf = (type: GraphQLOutputType, sets: readonly SelectionSetNode[], fetched: Fetched, where: string): Shape => {
    if (isNonNullType(type)) return nonNull(shapeOf(getNullableType(type), sets, fetched, where), where);
    if (isListType(type)) return list(shapeOf(type.ofType, sets, fetched, where), where);
    return isCompositeType(type) ? objects(sets, type, fetched) : leaf(validityOf(type), where);
  };

  const fieldsOf = (sets: readonly SelectionSetNode[], type: GraphQLCompositeType, fetched: Fetched): ShapedField[] =>
    [...selectFields(sets, type, selecting)].flatMap(([name, nodes]): ShapedField[] => {
      const [fieldName, from] = [nodes[0]!.name.value, nameOf(nodes[0]!)];
      if (fieldName === '__typename') return [{ name, from, shape: typename(type) }];
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
      // The schema tells of itself; what it told is put in before the answer is shaped.
      if (!field) return [{ name, from, shape: (value) => value ?? null }];
      const [inner, where] = [nodes.flatMap(({ selectionSet }) => selectionSet ?? []), `${type.name}.${fieldName}`];
      const isRefused = refused.size > 0 && nodes.every((node) => refused.has(node));
      const fetchedInside = fetched.get(from);
      if (!fetchedInside && !isRefused) return [{ name, from, shape: unfetched(field.type, where) }];
      const shape = shapeOf(field.type, inner, fetchedInside ?? new Map(), where);
      if (isRefused) return [{ name, from, shape: (_value, shaping) => shape(null, shaping) }];
      const bare = getNullableType(field.type);
      return [{ name, from, shape, ...(isLeafType(bare) && { isValid: unlessAbsent(validityOf(bare)) }) }];
    });

  const objects = (sets: readonly SelectionSetNode[], type: GraphQLCompositeType, fetched: Fetched): Shape => {
    const made = new Map<string, ShapeFields>();
    const shapeOfType = (name: string): ShapeFields | undefined => {
      const known = made.get(name);
      if (known) return known;
      const actual = schema.getType(name);
      if (!isCompositeType(actual)) return undefined;
      const compiled = shapeObject(fieldsOf(sets, actual, fetched));
      made.set(name, compiled);
      return compiled;
    };
    const isCertain = isObjectType(type);
    let certain: ShapeFields | undefined;
    const shapeFor = (data: Data): ShapeFields | undefined => {
      if (isCertain) return (certain ??= shapeOfType(type.name));
      const given = data['__typename'];
      return shapeOfType(typeof given === 'string' ? given : type.name);
    };
    return (value, shaping) => {
      if (value === null || value === undefined) return null;
      const shape = isData(value) ? shapeFor(value) : undefined;
      if (isData(value) && shape) return shape(value, shaping);
      // Not by its name: it may be a type that clients are not told of.
      note(shaping, `What came is no ${type.name}.`);
      return null;
    };
  };

  return objects;
};
