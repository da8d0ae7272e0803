import { typefaces, type Typeface } from '../fonts/catalogue.ts';
import { INVISIBLE, NEVER_SHOWN } from './characters.ts';

/** Lines of a text as they are drawn: composed (NFC), with spaces for tabs. */
export function linesOf(text: string): string[] {
  return text
    .normalize('NFC')
    .replace(/\t/g, ' ')
    .split(/\r\n|\r|\n/);
}

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one letter: a base with the marks on it. Only one font can set a mark on a base. */
export function clustersOf(text: string): { readonly text: string; readonly index: number }[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...segmenter.segment(text)].map(({ segment, index }) => ({ text: segment, index }));
}

/** The characters of a cluster that need a glyph. */
function visibleOf(cluster: string): string[] {
  return [...cluster].filter((character) => !INVISIBLE.test(character));
}

const codesOf = (characters: readonly string[]): number[] => characters.map((character) => character.codePointAt(0) ?? 0);

/**
 * The font for one cluster: the one made for its script, else the first that has all of it. Undefined when none has.
 */
export function typefaceFor(cluster: string, fonts: readonly Typeface[]): Typeface | undefined {
  const characters = visibleOf(cluster);
  if (characters.some((character) => NEVER_SHOWN.test(character))) return undefined;
  const codes = codesOf(characters);
  const claims = fonts.find(({ script }) => script?.test(characters[0] ?? ''));
  if (claims?.covers(codes)) return claims;
  return fonts.find((font) => font.covers(codes));
}

/** Characters one by one: what no font has, or, when each has a font but not the same, all but the base. */
function refusedOf(cluster: string): string[] {
  const fonts = typefaces('regular');
  if (typefaceFor(cluster, fonts)) return [];
  const characters = visibleOf(cluster);
  const missing = characters.filter((character) => !typefaceFor(character, fonts));
  return missing.length > 0 ? missing : characters.slice(1);
}

/** Most texts are plain; they need no look into a font. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * The characters of `text` that no font of ours can show, each once, in order of appearance.
 * Ask while the text is typed, so that nothing is refused when the document is sealed.
 */
export function refusedCharacters(text: string): string[] {
  const lines = linesOf(text).filter((line) => !PLAIN.test(line));
  return [...new Set(lines.flatMap((line) => clustersOf(line).flatMap((cluster) => refusedOf(cluster.text))))];
}

/** Whether the whole text can be shown. */
export function canShow(text: string): boolean {
  return refusedCharacters(text).length === 0;
}
