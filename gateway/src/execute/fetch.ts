import { parse, type ExecutionResult, type FieldNode, type GraphQLError } from 'graphql';
import { collectFields, Problem } from '@buffrsign/kernel/gateway';
import { toGraphQLError } from '../errors.ts';
import type { FetchNode } from '../federation/apollo.ts';
import { readOperation } from '../operation-context.ts';
import { abandoned } from '../transport/unavailable.ts';
import { copyOf, isData, merge, mergeIntoAll, write, type Data, type Path } from './data.ts';
import { entitySetsOf } from './fetched.ts';
import { compileGroupEqual } from './groups.ts';
import { compileMergeIntoAll } from './merge-into-all.ts';
import { compilePlaces, pathsTo } from './places.ts';
import { compileRepresent } from './representation.ts';
import { compileNamesBack, compileRewrites } from './rewrites.ts';
import type { Run, Step } from './run.ts';
import type { FetchStage } from './stages.ts';
import { errorsAt, takeOver } from './subgraph-errors.ts';
import type { MatchingTypes } from './types.ts';

/** Says where an error of this fetch stands in the answer: nowhere, at one place, or at every place of an entity. */
type PathsOf = (path: Path | undefined) => readonly (Path | undefined)[];

/** What a fetch asks in one run, and what becomes of the answer. */
interface Question {
  readonly variables: Record<string, unknown>;
  readonly pathsOf: PathsOf;
  /** Where it is told that nothing came at all. */
  readonly failedAt: () => readonly Path[];
  readonly put: (data: Data) => void;
}

/** Nothing where there is nothing to ask for. */
type Prepare = (run: Run) => Question | undefined;

/** What the fetches of one plan are compiled with. */
export interface Compiling {
  readonly types: MatchingTypes;
  /** The query of a fetch without its name, where the plan has others that read the same. */
  readonly likeOthers: (node: FetchNode) => string | undefined;
  /** A step of a path in the data as the client knows it. */
  readonly asClient: (step: string | number) => string | number;
}

const REPRESENTATIONS = 'representations';

const rootFieldsOf = (query: string): string[] =>
  parse(query, { noLocation: true })
    .definitions.flatMap((definition) => (definition.kind === 'OperationDefinition' ? definition.selectionSet.selections : []))
    .flatMap((node) => (node.kind === 'Field' ? [(node.alias ?? node.name).value] : []));

/** The variables that a fetch uses, of those that the client sent. */
const compilePick = (names: readonly string[] = []) => (variables: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const picked: Record<string, unknown> = {};
  for (const name of names) {
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) write(picked, name, variables[name]);
  }
  return picked;
};

/**
 * Asks the subgraph and notes its errors. One that is out of reach costs its own fields, not the answer. This is the only
 * function of a fetch that waits: each other would cost about as much as it does.
 */
const compileAsk = (node: FetchNode, { likeOthers }: Compiling, prepare: Prepare): Step => {
  const request = { query: node.operation, operationName: node.operationName, isMutation: node.operationKind === 'mutation', likeOthers: likeOthers(node) };

  const note = (run: Run, errors: readonly GraphQLError[], pathsOf: PathsOf): void => {
    for (const error of errors) run.errors.push(...pathsOf(error.path).map((path) => takeOver(node.serviceName, error, path)));
  };

  return async (run) => {
    const question = prepare(run);
    if (!question) return;
    const source = run.sources[node.serviceName]!;
    let result: ExecutionResult;
    try {
      if (run.context.signal.aborted) throw abandoned(run.context.signal);
      result = await source(request, question.variables, run.context);
    } catch (error) {
      run.errors.push(...errorsAt(toGraphQLError(error), question.failedAt()));
      return;
    }
    if (result.errors) note(run, result.errors, question.pathsOf);
    if (isData(result.data)) question.put(result.data);
  };
};

/** A fetch of root fields: all there is at the place, which is the whole answer but for operations inside of a mutation. */
const compileRootFetch = ({ node, paths: [path] }: FetchStage, compiling: Compiling): Step => {
  const [places, pick, rewrite, back] = [compilePlaces(path), compilePick(node.variableUsages), compileRewrites(node.outputRewrites, compiling.types), compileNamesBack(node.outputRewrites, compiling.asClient)];
  const pathsOf: PathsOf = (inner) => [inner && [...path, ...inner.map(back)]];
  const failed = rootFieldsOf(node.operation).map((field) => [...path, back(field)]);

  const prepare: Prepare = (run) => {
    const found = places(run.root, run.isShared);
    if (found.length === 0) return undefined;
    const put = (data: Data): void => {
      rewrite?.(data);
      for (const place of found) merge(place, data);
      if (found.length > 1) run.isShared = true;
    };
    return { variables: pick(run.variables), pathsOf, failedAt: () => failed, put };
  };

  return compileAsk(node, compiling, prepare);
};

/** What a query asks of entities, by response names, whatever their types. */
export const entityFieldsOf = (query: string): ReadonlyMap<string, readonly FieldNode[]> => {
  const { operation, fragments } = readOperation(parse(query, { noLocation: true }), undefined);
  return collectFields(entitySetsOf(operation), { fragments, isAskedFor: () => true, applies: () => true });
};

interface Asked {
  readonly representations: Data[];
  /** The places of each representation. */
  readonly places: Data[][];
  /** The places at each path, of which some may not be asked for. */
  readonly found: readonly (readonly Data[])[];
}

/** Takes places apart by the path that they are at. */
type Apart = (places: readonly Data[]) => Iterable<readonly Data[]>;

const asOne: Apart = (places) => [places];

const byPath = (found: Asked['found']): Apart => {
  const pathOf = new Map(found.flatMap((places, path) => places.map((place) => [place, path] as const)));
  return (places) => Map.groupBy(places, (place) => pathOf.get(place)).values();
};

/** A fetch of entities: those at the places, equal ones asked once. */
const compileEntityFetch = ({ node, paths }: FetchStage, compiling: Compiling): Step => {
  const [placesAt, pick, back] = [paths.map(compilePlaces), compilePick(node.variableUsages), compileNamesBack(node.outputRewrites, compiling.asClient)];
  const [rewriteInput, rewriteOutput] = [compileRewrites(node.inputRewrites, compiling.types), compileRewrites(node.outputRewrites, compiling.types)];
  const [represent, groupEqual] = [compileRepresent(node.requires ?? [], compiling.types), compileGroupEqual(node.requires ?? [])];
  const fields = entityFieldsOf(node.operation);
  // Rewritten names are others than those of the query.
  const mergeInto = rewriteOutput ? mergeIntoAll : compileMergeIntoAll([...fields.keys()]);
  // Whether the entities have objects inside.
  const shares = [...fields.values()].some((nodes) => nodes.some(({ selectionSet }) => selectionSet));

  const gather = (run: Run): Asked => {
    const found = placesAt.map((places) => places(run.root, run.isShared));
    const asked: Asked = { representations: [], places: [], found };
    groupEqual(found.length === 1 ? found[0]! : found.flat(), (place) => {
      const representation = represent(place);
      if (!representation?.['__typename']) return undefined;
      rewriteInput?.(representation);
      const group = [place];
      asked.representations.push(representation);
      asked.places.push(group);
      return group;
    });
    return asked;
  };

  /** A subgraph that knows an interface as an object calls every entity by its name; who knows better keeps the better name. */
  const nameRightly = (entity: Data, known: unknown): void => {
    const told = entity['__typename'];
    if (typeof told === 'string' && typeof known === 'string' && compiling.types(told).has(known)) entity['__typename'] = known;
  };
  const isNamed = fields.has('__typename');

  const putAll = (entities: readonly unknown[], { places, found }: Asked, run: Run): void => {
    // What comes later for one path may go by the same names as something else at another.
    const apart = shares && paths.length > 1 ? byPath(found) : asOne;
    for (const [index, group] of places.entries()) {
      const entity = entities[index];
      if (!isData(entity)) continue;
      rewriteOutput?.(entity, group[0]!['__typename']);
      if (isNamed) nameRightly(entity, group[0]!['__typename']);
      let isTaken = false;
      for (const atPath of apart(group)) {
        mergeInto(atPath, isTaken ? (copyOf(entity) as Data) : entity);
        isTaken = true;
        if (shares && atPath.length > 1) run.isShared = true;
      }
    }
  };

  const prepare: Prepare = (run) => {
    const asked = gather(run);
    if (asked.representations.length === 0) return undefined;
    const failedAt = (): readonly Path[] => {
      const meant = new Set(asked.places.flat());
      return paths.filter((_, index) => asked.found[index]!.some((place) => meant.has(place)));
    };
    const pathsOf: PathsOf = (inner) => {
      const [, index, ...rest] = inner ?? [];
      const group = typeof index === 'number' ? asked.places[index] : undefined;
      if (!group) return failedAt();
      const meant = new Set(group);
      return paths.flatMap((path) => pathsTo(run.root, path, (place) => meant.has(place))).map((to) => [...to, ...rest.map(back)]);
    };
    const put = ({ _entities: entities }: Data): void => {
      if (Array.isArray(entities)) putAll(entities, asked, run);
      else run.errors.push(...failedAt().map((path) => takeOver(node.serviceName, { message: '_entities is no list', extensions: {} }, path)));
    };
    return { variables: { ...pick(run.variables), [REPRESENTATIONS]: asked.representations }, pathsOf, failedAt, put };
  };

  return compileAsk(node, compiling, prepare);
};

/** @throws Problem when a variable of the client's has the name that the protocol keeps for itself. */
export const compileFetch = (stage: FetchStage, compiling: Compiling): Step => {
  const { node } = stage;
  if (!node.requires) return compileRootFetch(stage, compiling);
  if (node.variableUsages?.includes(REPRESENTATIONS)) throw new Problem('BAD_USER_INPUT', { message: `No variable can be called $${REPRESENTATIONS} here. Give it another name.` });
  return compileEntityFetch(stage, compiling);
};
