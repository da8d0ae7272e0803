/** Makes an object of the values of its fields, in the order of their names. */
export type MakeRecord = (values: readonly unknown[]) => Record<string, unknown>;

/** Written with brackets: without, it would set the prototype. */
const keyOf = (name: string): string => (name === '__proto__' ? `[${JSON.stringify(name)}]` : JSON.stringify(name));

/** Source text of an object of names and the text of their values. */
export const recordText = (fields: readonly (readonly [name: string, value: string])[]): string => `{ ${fields.map(([name, value]) => `${keyOf(name)}: ${value}`).join(', ')} }`;

/**
 * For objects of which many are made. The names are written into code of their own, so that the engine lays all of them
 * out alike from the start: to add the fields one by one, by names that it does not know, is several times dearer.
 */
export const compileRecord = (names: readonly string[]): MakeRecord => new Function('values', `return ${recordText(names.map((name, index) => [name, `values[${index}]`]))};`) as MakeRecord;

/** Makes a function of the text of a factory's body, which sees `given` by their names. Names of clients may stand in it as JSON only. */
export const functionOf = <Made>(text: string, given: Readonly<Record<string, unknown>>): Made => (new Function(...Object.keys(given), text) as (...values: unknown[]) => Made)(...Object.values(given));
