/** What subgraphs answered, put together as it comes in: a tree of response names. */
export type Data = Record<string, unknown>;

/** Where something stands in an answer. In paths of plans `@` stands for each item of a list. */
export type Path = readonly (string | number)[];

export const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Names that every object inherits. Clients choose response names, so one of these must neither be read from the
 * prototype nor written through it.
 */
export const isInherited = (name: string): boolean => name in Object.prototype;

export const readOwn = (data: Data, name: string): unknown => (Object.hasOwn(data, name) ? data[name] : undefined);

/** `data[name]`, without looking at the prototype where that could matter. */
export const readerOf = (name: string): ((data: Data) => unknown) => (isInherited(name) ? (data) => readOwn(data, name) : (data) => data[name]);

/** Assigning to `__proto__` would change the prototype; defining it makes a property like any other. */
export const write = (data: Data, name: string, value: unknown): void => {
  if (name === '__proto__') Object.defineProperty(data, name, { value, enumerable: true, configurable: true, writable: true });
  else data[name] = value;
};

const readField = (data: Data, name: string): unknown => (name === '__proto__' ? readOwn(data, name) : data[name]);

/** What is there already. An inherited function is nothing that a subgraph answered. */
const existing = (data: Data, name: string): unknown => {
  const value = readField(data, name);
  return typeof value === 'function' ? undefined : value;
};

const mergeLists = (target: unknown[], source: readonly unknown[]): void => {
  for (let index = 0; index < source.length; index += 1) {
    const [into, from] = [target[index], source[index]];
    if (isData(into) && isData(from)) merge(into, from);
    else target[index] = from;
  }
};

/** Puts one field of what was answered into what is known. */
export const mergeOne = (target: Data, name: string, from: unknown): void => {
  if (typeof from !== 'object') {
    if (from !== undefined) write(target, name, from);
    return;
  }
  const into = existing(target, name);
  if (into === from) return;
  if (isData(into) && isData(from)) merge(into, from);
  else if (Array.isArray(into) && Array.isArray(from) && into.length === from.length) mergeLists(into, from);
  else write(target, name, from);
};

/**
 * Puts what a subgraph answered into what is known already. Nothing is copied: where nothing was known, the answer's own
 * objects are taken over. An entity that stands at several places of the answer then has its inner objects in common,
 * which is sound because the same plan goes on with all of them.
 */
export const merge = (target: Data, source: Data): void => {
  if (target === source) return;
  for (const name of Object.keys(source)) mergeOne(target, name, readField(source, name));
};

/** The same for all places of one entity, whose fields are looked at once. */
export const mergeIntoAll = (targets: readonly Data[], source: Data): void => {
  for (const name of Object.keys(source)) {
    const from = readField(source, name);
    for (const target of targets) mergeOne(target, name, from);
  }
};

/** A copy that has nothing in common with what it was made of: neither can change the other. */
export const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isData(value)) return value;
  const copy: Data = {};
  for (const name of Object.keys(value)) write(copy, name, copyOf(value[name]));
  return copy;
};
