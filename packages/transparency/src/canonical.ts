import canonicalize from 'canonicalize';
import { TransparencyRefusal } from './refusal.ts';

/** What JSON can say, and nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Nesting of anything that is hashed here, at most. */
export const MAX_DEPTH = 32;

const refuse = (path: string, what: string): never => {
  throw new TransparencyRefusal('NOT_CANONICAL', `${path || 'The value'} ${what}; canonical JSON cannot carry that.`);
};

const assertText = (text: string, path: string): void => {
  if (!text.isWellFormed()) refuse(path, 'has half of a character (a lone surrogate)');
};

const assertPlain = (value: object, path: string): void => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse(path, 'is not a plain object');
  if (Object.getOwnPropertySymbols(value).length > 0) refuse(path, 'has a member without a name');
};

/**
 * JSON.stringify, and `canonicalize` like it, silently leaves out or bends what JSON has no word for: what is hashed
 * would then not be what was meant. So it is refused, by its place.
 */
const assertJson = (value: unknown, path: string, depth: number): void => {
  if (depth > MAX_DEPTH) refuse(path, `is nested more than ${MAX_DEPTH} deep`);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') return assertText(value, path);
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : refuse(path, `is ${value}`);
  if (typeof value !== 'object') return refuse(path, `is ${value === undefined ? 'undefined' : `a ${typeof value}`}`);
  if (Array.isArray(value)) {
    // By index, not by forEach: holes are undefined, too.
    for (let index = 0; index < value.length; index += 1) assertJson(value[index], `${path}[${index}]`, depth + 1);
    return;
  }
  assertPlain(value, path);
  for (const [name, member] of Object.entries(value)) {
    assertText(name, `${path}.${JSON.stringify(name)}`);
    assertJson(member, `${path}.${name}`, depth + 1);
  }
};

/**
 * A value in canonical JSON (RFC 8785): the one text that everybody writes for it, on any machine.
 *
 * @throws TransparencyRefusal NOT_CANONICAL for what JSON cannot say: NaN, infinities, bigint, undefined, dates and other
 * objects with a class, lone surrogates.
 */
export const canonicalJson = (value: Json): string => {
  assertJson(value, '', 0);
  return canonicalize(value)!;
};

/** Canonical JSON as the bytes that are hashed: UTF-8. */
export const canonicalBytes = (value: Json): Buffer => Buffer.from(canonicalJson(value), 'utf8');
