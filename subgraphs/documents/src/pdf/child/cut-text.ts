import type { Character, PageCharacters, TextObject } from './characters.ts';
import { textOperators, type ShowText } from './content-stream.ts';

interface Shown {
  readonly character: Character;
  readonly isCut: boolean;
}

/**
 * Takes characters out of a page's content: their codes go from the operators that show them, and what follows on the
 * same line stays where it was. Null where it cannot be told which code shows which character; what comes out is still
 * to be looked at.
 */
export function cutText(content: Buffer, { characters, objects }: PageCharacters, isCut: (index: number) => boolean): Buffer | null {
  const operators = textOperators(content);
  if (operators.length !== objects.length) return null;
  const shown = objects.map((): Shown[] => []);
  for (const [index, character] of characters.entries()) {
    if (character.object !== null) shown[character.object]!.push({ character, isCut: isCut(index) });
    // Within a form, which other pages may draw as well.
    else if (isCut(index) && character.text.trim() !== '') return null;
  }
  const parts: Buffer[] = [];
  let at = 0;
  for (const [index, operator] of operators.entries()) {
    const own = shown[index]!;
    if (!own.some((each) => each.isCut)) continue;
    const next = operator.isLastOfItsLine ? undefined : shown[index + 1]?.[0]?.character;
    const replaced = withoutCut(operator, own, objects[index]!, next);
    if (replaced === null) return null;
    parts.push(content.subarray(at, operator.start), Buffer.from(replaced, 'latin1'));
    at = operator.end;
  }
  return Buffer.concat([...parts, content.subarray(at)]);
}

function withoutCut({ operator, items }: ShowText, shown: readonly Shown[], object: TextObject, next: Character | undefined): string | null {
  if (operator === '"') return null;
  const bytes = items.reduce<number>((sum, item) => sum + (typeof item === 'number' ? 0 : item.length), 0);
  const width = bytes / shown.length;
  if (width !== 1 && width !== 2) return null;
  if (!(object.scale > 0 && object.fontSize > 0)) return null;

  const out: string[] = [];
  let index = 0;
  let cutFrom: Character | null = null;
  const moveTo = (to: Character): void => {
    const distance = Math.hypot(to.origin.x - cutFrom!.origin.x, to.origin.y - cutFrom!.origin.y);
    out.push(((-distance / (object.scale * object.fontSize)) * 1000).toFixed(3));
    cutFrom = null;
  };
  for (const item of items) {
    if (typeof item === 'number') {
      // What lies between a cut and what follows is part of the way from the one to the other.
      if (!cutFrom) out.push(String(item));
      continue;
    }
    if (item.length % width !== 0) return null;
    for (let at = 0; at < item.length; at += width, index += 1) {
      const { character, isCut } = shown[index]!;
      if (isCut) cutFrom ??= character;
      else {
        if (cutFrom) moveTo(character);
        out.push(`<${Buffer.from(item.subarray(at, at + width)).toString('hex')}>`);
      }
    }
  }
  if (cutFrom && next) moveTo(next);
  return `${operator === "'" ? 'T* ' : ''}[${out.join(' ').replaceAll('> <', '')}] TJ`;
}
