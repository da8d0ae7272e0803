import { Problem } from '@buffrsign/kernel/gateway';
import { GraphQLError, visit, type FieldNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { conditionsOf } from '../authorize/conditions.ts';
import { createBoundedMap } from '../bounded-map.ts';
import type { OperationContext } from '../operation-context.ts';
import { merge, type Data } from './data.ts';
import type { Fetched } from './fetched.ts';
import { createIntrospection } from './introspection.ts';
import { selectFields, type Selecting } from './select.ts';
import { createShapes } from './shape.ts';
import type { MatchingTypes } from './types.ts';

export interface ShapedResponse {
  readonly data: Data | null;
  readonly errors: readonly GraphQLError[];
}

/** Makes the answer of what was fetched, in the shape of the operation. */
export type Respond = (root: Data, coerced: Readonly<Record<string, unknown>>, isShared: boolean) => ShapedResponse;

/** What of an operation can be answered. */
interface Answerable {
  readonly fetched: Fetched;
  readonly nameOf: Selecting['nameOf'];
  /** Fields that are null whatever was fetched. */
  readonly refused?: ReadonlySet<FieldNode>;
}

/** Outcomes of the conditions of one operation that are kept compiled. */
const SHAPES_AN_OPERATION = 20;

/** The variables that `@skip` and `@include` depend on, in this operation and its fragments. */
const conditionVariablesOf = ({ operation, fragments }: OperationContext): readonly string[] => {
  const names = new Set<string>();
  const look = (node: Parameters<typeof conditionsOf>[0]): void => {
    for (const { given } of conditionsOf(node)) if (typeof given !== 'boolean') names.add(given.variable);
  };
  for (const part of [operation, ...Object.values(fragments)]) visit(part, { Field: look, InlineFragment: look, FragmentSpread: look });
  const declared = new Set(operation.variableDefinitions?.map(({ variable }) => variable.name.value));
  return [...names].filter((name) => declared.has(name));
};

const META = /^__(schema|type|typename)$/;

const unplanned = (): ShapedResponse => ({ data: null, errors: [new GraphQLError('There is no way to any of what this operation asks for.', { extensions: { code: 'INTERNAL' } })] });

const rootOf = (schema: GraphQLSchema, operation: OperationDefinitionNode) => schema.getRootType(operation.operation)!;

/**
 * The shape is compiled once for every outcome of the operation's conditions, so that none is decided while an answer
 * is shaped.
 */
export const createRespond = (schema: GraphQLSchema, types: MatchingTypes, context: OperationContext, { fetched, nameOf, refused = new Set() }: Answerable): Respond => {
  const { operation, fragments } = context;
  const conditions = conditionVariablesOf(context);
  const compiled = createBoundedMap<Respond>(SHAPES_AN_OPERATION);
  const root = rootOf(schema, operation);

  const compile = (coerced: Readonly<Record<string, unknown>>): Respond => {
    const selecting = { schema, types, fragments, coerced, refused, nameOf };
    const asked = selectFields([operation.selectionSet], root, selecting);
    const toFetch = [...asked.values()].filter((nodes) => !nodes.every((node) => META.test(node.name.value) || refused.has(node)));
    if (toFetch.length > 0 && !toFetch.some(([node]) => fetched.has(nameOf(node!)))) return unplanned;
    const shape = createShapes(selecting)([operation.selectionSet], root, fetched);
    const ofSchema = [...asked.values()].flat().filter(({ name }) => name.value === '__schema' || name.value === '__type');
    const introspect = ofSchema.length > 0 ? createIntrospection(context, schema, ofSchema) : undefined;
    return (data, variables, isShared) => {
      const shaping = { path: [], errors: [], shared: isShared ? new Map() : undefined };
      if (introspect) merge(data, introspect(variables));
      return { data: shape(data, shaping) as Data | null, errors: shaping.errors };
    };
  };

  const outcomeOf = (coerced: Readonly<Record<string, unknown>>): string => {
    const wrong = conditions.find((name) => typeof coerced[name] !== 'boolean');
    if (wrong !== undefined) throw new Problem('BAD_USER_INPUT', { message: `$${wrong} decides what is asked for: give it as true or false.` });
    return conditions.map((name) => (coerced[name] === true ? 1 : 0)).join('');
  };

  return (data, coerced, isShared) => {
    const outcome = conditions.length === 0 ? '' : outcomeOf(coerced);
    const kept = compiled.get(outcome);
    if (kept) return kept(data, coerced, isShared);
    const made = compile(coerced);
    compiled.set(outcome, made);
    return made(data, coerced, isShared);
  };
};
