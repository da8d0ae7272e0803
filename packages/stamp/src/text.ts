import { StandardFontEmbedder } from 'pdf-lib';

type FontName = Parameters<typeof StandardFontEmbedder.for>[0];

/** WinAnsi, as the embedder encodes it: the same for Helvetica and Times. */
const SHOWABLE: ReadonlySet<number> = new Set(StandardFontEmbedder.for('Helvetica' as FontName).encoding.supportedCodePoints);

/** Lines of a text as they are drawn: composed (NFC), with spaces for tabs. */
export function linesOf(text: string): string[] {
  return text
    .normalize('NFC')
    .replace(/\t/g, ' ')
    .split(/\r\n|\r|\n/);
}

/**
 * The characters of `text` that `stampPdf` would refuse, each once, in order of appearance.
 * Ask while the text is typed, so that nothing is refused when the document is sealed.
 */
export function refusedCharacters(text: string): string[] {
  const characters = [...linesOf(text).join('')];
  return [...new Set(characters.filter((character) => !SHOWABLE.has(character.codePointAt(0) ?? -1)))];
}

/** Whether `stampPdf` can show the whole text. */
export function canShow(text: string): boolean {
  return refusedCharacters(text).length === 0;
}
