/** Written with brackets: without, it would set the prototype. */
const keyOf = (name: string): string => (name === '__proto__' ? `[${JSON.stringify(name)}]` : JSON.stringify(name));

/**
 * Source text of an object of names and the text of their values, for objects of which many are made: the engine lays all
 * of them out alike from the start. To add fields one by one, by names that it does not know, is several times dearer.
 */
export const recordText = (fields: readonly (readonly [name: string, value: string])[]): string => `{ ${fields.map(([name, value]) => `${keyOf(name)}: ${value}`).join(', ')} }`;

/** Makes a function of the text of a factory's body, which sees `given` by their names. Names of clients may stand in it as JSON only. */
export const functionOf = <Made>(text: string, given: Readonly<Record<string, unknown>>): Made => (new Function(...Object.keys(given), text) as (...values: unknown[]) => Made)(...Object.values(given));
