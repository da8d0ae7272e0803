import { linesOf, refusedCharacters } from './text.ts';

/**
 * A text on one line, with what no font can show written as its code point: `[U+1F600]`. For facts that came from
 * elsewhere, a title or the name of a browser: they are told as they are, and never block a document.
 */
export function spelledOut(text: string): string {
  const line = linesOf(text).join(' ');
  return refusedCharacters(line).reduce((result, character) => result.replaceAll(character, named(character)), line);
}

function named(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
