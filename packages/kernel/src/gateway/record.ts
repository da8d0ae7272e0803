/** Makes an object of the values of its fields, in the order of their names. */
export type MakeRecord = (values: readonly unknown[]) => Record<string, unknown>;

/** Written with brackets: without, it would set the prototype. */
const keyOf = (name: string): string => (name === '__proto__' ? `[${JSON.stringify(name)}]` : JSON.stringify(name));

/**
 * For objects of which many are made. The names are written into code of their own, so that the engine lays all of them
 * out alike from the start: to add the fields one by one, by names that it does not know, is several times dearer.
 */
export const compileRecord = (names: readonly string[]): MakeRecord => {
  const fields = names.map((name, index) => `${keyOf(name)}: values[${index}]`);
  return new Function('values', `return { ${fields.join(', ')} };`) as MakeRecord;
};
