import type { FetchDataRewrite } from '../federation/apollo.ts';
import { isData, readOwn, readerOf, write, type Data } from './data.ts';
import type { MatchingTypes } from './types.ts';

/** Changes an object in place. One that does not say its type is taken to be of the given one. */
export type Rewrite = (data: Data, typename?: unknown) => void;

const FRAGMENT = '... on ';

type Visit = (value: unknown, typename?: unknown) => void;

const eachObject = (visit: Rewrite): Visit => {
  const visitAll: Visit = (value, typename) => {
    if (Array.isArray(value)) value.forEach((item) => visitAll(item));
    else if (isData(value)) visit(value, typename);
  };
  return visitAll;
};

const at = (step: string, inner: Visit, types: MatchingTypes): Visit => {
  if (!step.startsWith(FRAGMENT)) {
    const read = readerOf(step);
    return eachObject((data) => inner(read(data)));
  }
  const matching = types(step.slice(FRAGMENT.length));
  // An object of which nobody says the type is taken to be of the one that was asked for.
  return eachObject((data, typename) => {
    const name = data['__typename'] ?? typename;
    if (typeof name !== 'string' || matching.has(name)) inner(data, typename);
  });
};

const change = (rewrite: FetchDataRewrite, name: string): Rewrite => {
  if (rewrite.kind === 'ValueSetter') return (data) => write(data, name, rewrite.setValueTo);
  return (data) => {
    const value = readOwn(data, name);
    if (value === undefined) return;
    write(data, rewrite.renameKeyTo, value);
    write(data, name, undefined);
  };
};

const compileOne = (rewrite: FetchDataRewrite, types: MatchingTypes): Visit => {
  const steps = [...rewrite.path];
  const last = steps.pop() ?? '';
  return steps.reduceRight<Visit>((inner, step) => at(step, inner, types), eachObject(change(rewrite, last)));
};

/** The planner's rewrites of a fetch as one function; nothing where there are none. */
export const compileRewrites = (rewrites: readonly FetchDataRewrite[] = [], types: MatchingTypes): Rewrite | undefined => {
  if (rewrites.length === 0) return undefined;
  const compiled = rewrites.map((rewrite) => compileOne(rewrite, types));
  return (data, typename) => compiled.forEach((apply) => apply(data, typename));
};

type Step = string | number;

/**
 * Where a field is fetched under another name than the client's, an error of the subgraph names that other one: this
 * turns it back. The planner gives names of its own to what would clash, `asClient` knows of the others.
 */
export const compileNamesBack = (rewrites: readonly FetchDataRewrite[] = [], asClient: (step: Step) => Step = (step) => step): ((step: Step) => Step) => {
  const names = new Map(rewrites.flatMap((rewrite): [string | number, string][] => (rewrite.kind === 'KeyRenamer' ? [[rewrite.path.at(-1) ?? '', rewrite.renameKeyTo]] : [])));
  return (step) => asClient(names.get(step) ?? step);
};
