import { MAX_DEPTH, type Json } from './canonical.ts';
import { TransparencyRefusal } from './refusal.ts';

/** Names of an object that is open; undefined for an array. */
type Level = Set<string> | undefined;

const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
};

const add = (names: Set<string>, token: string): void => {
  const name = JSON.parse(token) as string;
  // One reader would take the first, another the last: it must not be possible to show two people two contents.
  if (names.has(name)) throw new TransparencyRefusal('NOT_JSON', `The JSON says ${token.slice(0, 80)} twice in one object.`);
  names.add(name);
};

/** One pass over the strings and brackets of text that is JSON: how deep it goes, and whether an object says a name twice. */
const scan = (text: string): void => {
  const levels: Level[] = [];
  let expectsName = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') {
      if (levels.length === MAX_DEPTH) throw new TransparencyRefusal('TOO_LARGE', `The JSON is nested more than ${MAX_DEPTH} deep.`);
      levels.push(character === '{' ? new Set() : undefined);
      expectsName = character === '{';
    } else if (character === '}' || character === ']') levels.pop();
    else if (character === ',') expectsName = levels.at(-1) !== undefined;
    else if (character === ':') expectsName = false;
    else if (character === '"') {
      const end = endOfString(text, at);
      if (expectsName) add(levels.at(-1)!, text.slice(at, end + 1));
      at = end;
    }
  }
};

const parse = (text: string): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new TransparencyRefusal('NOT_JSON', 'The text is not JSON.', { cause: error });
  }
};

/**
 * Reads JSON that a stranger wrote: refused when it is too large or too deep, and when an object has a name twice, which
 * `JSON.parse` would hide. Takes time and memory in proportion to the text.
 *
 * @throws TransparencyRefusal TOO_LARGE or NOT_JSON.
 */
export const parseStrictJson = (text: string, maxCharacters: number): Json => {
  if (text.length > maxCharacters) throw new TransparencyRefusal('TOO_LARGE', `The JSON has more than ${maxCharacters} characters.`);
  const value = parse(text);
  // Only text that is JSON is scanned: every string in it ends.
  scan(text);
  return value;
};
