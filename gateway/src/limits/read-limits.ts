import { defaultLimits, type Limits } from './limits.ts';

const isLimit = (name: string | undefined): name is keyof Limits => name !== undefined && Object.hasOwn(defaultLimits, name);

/**
 * Reads limits that are others than the usual ones: `sockets=20000, socketsPerClient=1000`.
 *
 * @throws Error, in words, for the first that is none.
 */
export const readLimits = (text: string): Partial<Limits> =>
  Object.fromEntries(
    text.split(',').filter((part) => part.trim() !== '').map((part) => {
      const [name, value, ...more] = part.split('=').map((piece) => piece.trim());
      if (!isLimit(name)) throw new Error(`"${part.trim()}" names no limit. There are: ${Object.keys(defaultLimits).join(', ')}`);
      const number = Number(value);
      if (!Number.isInteger(number) || number < 1 || more.length > 0) throw new Error(`"${part.trim()}" is not of the form "${name}=${defaultLimits[name]}"`);
      return [name, number];
    }),
  );
