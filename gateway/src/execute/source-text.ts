import { isInherited } from './data.ts';

/**
 * Source text that reads a field of an object, for functions that are written out for the names they deal with: the
 * engine then knows where in the object a field is, which it cannot where one function reads fields of any name.
 */
export const readText = (object: string, name: string): string => (isInherited(name) ? `readOwn(${object}, ${JSON.stringify(name)})` : `${object}[${JSON.stringify(name)}]`);
