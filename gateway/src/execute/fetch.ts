import { parse, type ExecutionResult, type FieldNode, type GraphQLError } from 'graphql';
import { collectFields, Problem } from '@buffrsign/kernel/gateway';
import { toGraphQLError } from '../errors.ts';
import type { FetchNode } from '../federation/apollo.ts';
import { readOperation } from '../operation-context.ts';
import { abandoned } from '../transport/unavailable.ts';
import { isData, merge, mergeIntoAll, write, type Data, type Path } from './data.ts';
import { compileGroupEqual } from './groups.ts';
import { compileMergeIntoAll } from './merge-into-all.ts';
import { compilePlaces, pathsTo } from './places.ts';
import { compileRepresent } from './representation.ts';
import { compileNamesBack, compileRewrites } from './rewrites.ts';
import type { Run, Step } from './run.ts';
import { errorsAt, takeOver } from './subgraph-errors.ts';
import type { MatchingTypes } from './types.ts';

/** Says where an error of this fetch stands in the answer: nowhere, at one place, or at every place of an entity. */
type PathsOf = (path: Path | undefined) => readonly (Path | undefined)[];

/** What a fetch asks in one run, and what becomes of the answer. */
interface Question {
  readonly variables: Record<string, unknown>;
  readonly pathsOf: PathsOf;
  readonly put: (data: Data) => void;
}

/** Nothing where there is nothing to ask for. */
type Prepare = (run: Run) => Question | undefined;

/** What the fetches of one plan are compiled with. */
export interface Compiling {
  readonly types: MatchingTypes;
  /** The query of a fetch without its name, where the plan has others that read the same. */
  readonly likeOthers: (node: FetchNode) => string | undefined;
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
const compileAsk = (node: FetchNode, failedAt: readonly Path[], { likeOthers }: Compiling, prepare: Prepare): Step => {
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
      run.errors.push(...errorsAt(toGraphQLError(error), failedAt));
      return;
    }
    if (result.errors) note(run, result.errors, question.pathsOf);
    if (isData(result.data)) question.put(result.data);
  };
};

/** A fetch of root fields: all there is at the place, which is the whole answer but for operations inside of a mutation. */
const compileRootFetch = (node: FetchNode, path: Path, compiling: Compiling): Step => {
  const [places, pick, rewrite, back] = [compilePlaces(path), compilePick(node.variableUsages), compileRewrites(node.outputRewrites, compiling.types), compileNamesBack(node.outputRewrites)];
  const pathsOf: PathsOf = (inner) => [inner && [...path, ...inner.map(back)]];

  const prepare: Prepare = (run) => {
    const found = places(run.root, run.isShared);
    if (found.length === 0) return undefined;
    const put = (data: Data): void => {
      rewrite?.(data);
      for (const place of found) merge(place, data);
      if (found.length > 1) run.isShared = true;
    };
    return { variables: pick(run.variables), pathsOf, put };
  };

  return compileAsk(node, rootFieldsOf(node.operation).map((field) => [...path, back(field)]), compiling, prepare);
};

/** What a query asks of entities, by response names, whatever their types. */
export const entityFieldsOf = (query: string): ReadonlyMap<string, readonly FieldNode[]> => {
  const { operation, fragments } = readOperation(parse(query, { noLocation: true }), undefined);
  const sets = operation.selectionSet.selections.flatMap((root) => (root.kind === 'Field' ? (root.selectionSet ?? []) : []));
  return collectFields(sets, { fragments, isAskedFor: () => true, applies: () => true });
};

interface Asked {
  readonly representations: Data[];
  /** The places of each representation. */
  readonly places: Data[][];
}

/** A fetch of entities: those at the places, equal ones asked once. */
const compileEntityFetch = (node: FetchNode, path: Path, compiling: Compiling): Step => {
  const [places, pick, back] = [compilePlaces(path), compilePick(node.variableUsages), compileNamesBack(node.outputRewrites)];
  const [rewriteInput, rewriteOutput] = [compileRewrites(node.inputRewrites, compiling.types), compileRewrites(node.outputRewrites, compiling.types)];
  const [represent, groupEqual] = [compileRepresent(node.requires ?? [], compiling.types), compileGroupEqual(node.requires ?? [])];
  const fields = entityFieldsOf(node.operation);
  // Rewritten names are others than those of the query.
  const mergeInto = rewriteOutput ? mergeIntoAll : compileMergeIntoAll([...fields.keys()]);
  // Whether the entities have objects inside.
  const shares = [...fields.values()].some((nodes) => nodes.some(({ selectionSet }) => selectionSet));

  const gather = (found: readonly Data[]): Asked => {
    const asked: Asked = { representations: [], places: [] };
    groupEqual(found, (place) => {
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

  const putAll = (entities: readonly unknown[], { places }: Asked, run: Run): void => {
    for (const [index, group] of places.entries()) {
      const entity = entities[index];
      if (!isData(entity)) continue;
      rewriteOutput?.(entity, group[0]!['__typename']);
      mergeInto(group, entity);
      if (shares && group.length > 1) run.isShared = true;
    }
  };

  const prepare: Prepare = (run) => {
    const asked = gather(places(run.root, run.isShared));
    if (asked.representations.length === 0) return undefined;
    const pathsOf: PathsOf = (inner) => {
      const [, index, ...rest] = inner ?? [];
      const group = typeof index === 'number' ? asked.places[index] : undefined;
      if (!group) return [path];
      const meant = new Set(group);
      return pathsTo(run.root, path, (place) => meant.has(place)).map((to) => [...to, ...rest.map(back)]);
    };
    const put = ({ _entities: entities }: Data): void => {
      if (Array.isArray(entities)) putAll(entities, asked, run);
      else run.errors.push(takeOver(node.serviceName, { message: '_entities is no list', extensions: {} }, path));
    };
    return { variables: { ...pick(run.variables), [REPRESENTATIONS]: asked.representations }, pathsOf, put };
  };

  return compileAsk(node, [path], compiling, prepare);
};

/** @throws Problem when a variable of the client's has the name that the protocol keeps for itself. */
export const compileFetch = (node: FetchNode, path: Path, compiling: Compiling): Step => {
  if (!node.requires) return compileRootFetch(node, path, compiling);
  if (node.variableUsages?.includes(REPRESENTATIONS)) throw new Problem('BAD_USER_INPUT', { message: `No variable can be called $${REPRESENTATIONS} here. Give it another name.` });
  return compileEntityFetch(node, path, compiling);
};
