import { functionOf } from '@buffrsign/kernel/gateway';
import { isData, readerOf, readOwn, type Data, type Path } from './data.ts';
import { readText } from './source-text.ts';

/**
 * All objects at a path of the data that there is so far, each once. `isShared` says that entities that were asked once
 * and stand at several places may have their inner objects in common.
 */
export type Places = (root: Data, isShared: boolean) => readonly Data[];

/** Takes values and gives what is one step of the path further in; `@` goes into lists. */
type Step = (values: readonly unknown[]) => readonly unknown[];

const intoLists: Step = (values) => {
  if (values.length === 1) return Array.isArray(values[0]) ? values[0] : [];
  const items: unknown[] = [];
  for (const value of values) if (Array.isArray(value)) for (const item of value) items.push(item);
  return items;
};

const intoField = (name: string): Step => {
  const read = readerOf(name);
  return (values) => {
    const inner: unknown[] = [];
    for (const value of values) if (isData(value)) inner.push(read(value));
    return inner;
  };
};

const eachOnce = (values: readonly unknown[]): readonly unknown[] => (values.length > 1 ? [...new Set(values)] : values);

/** Steps one after the other, so that what several places have in common is gone into once. */
const compileSharedPlaces = (path: Path): ((root: Data) => readonly Data[]) => {
  const steps = path.map((step): Step => (step === '@' ? intoLists : intoField(String(step))));
  return (root) => {
    let values: readonly unknown[] = [root];
    for (const step of steps) values = eachOnce(step(values));
    return values.filter(isData);
  };
};

/** What is done with the value at a step of the path, and all that is further in. */
const stepText = (path: Path, depth: number): string => {
  const value = `value${depth}`;
  if (depth === path.length) return `if (isData(${value})) found.push(${value});`;
  const inner = `value${depth + 1}`;
  if (path[depth] === '@') return `if (Array.isArray(${value})) for (const ${inner} of ${value}) { ${stepText(path, depth + 1)} }`;
  return `if (isData(${value})) { const ${inner} = ${readText(value, String(path[depth]))}; ${stepText(path, depth + 1)} }`;
};

/** One loop inside of the other, where nothing is in common. */
const compileOwnPlaces = (path: Path): ((root: Data) => readonly Data[]) => functionOf(`return (value0) => { const found = []; ${stepText(path, 0)} return found; };`, { isData, readOwn });

export const compilePlaces = (path: Path): Places => {
  if (path.length === 0) return (root) => [root];
  const [shared, own] = [compileSharedPlaces(path), compileOwnPlaces(path)];
  return (root, isShared) => (isShared ? shared(root) : own(root));
};

/** The paths of all places that an object stands at. Looked for only when there is an error to be told. */
export const pathsTo = (root: Data, path: Path, isMeant: (place: Data) => boolean): Path[] => {
  const found: Path[] = [];
  const look = (value: unknown, step: number, walked: Path): void => {
    if (step === path.length) {
      if (isData(value) && isMeant(value)) found.push(walked);
    } else if (path[step] === '@') {
      if (Array.isArray(value)) value.forEach((item, index) => look(item, step + 1, [...walked, index]));
    } else if (isData(value)) {
      const name = String(path[step]);
      look(readerOf(name)(value), step + 1, [...walked, name]);
    }
  };
  look(root, 0, []);
  return found;
};
