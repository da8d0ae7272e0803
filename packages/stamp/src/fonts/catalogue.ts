import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { TrueType } from './true-type.ts';

/** How a text looks. `mark` is for signatures and initials: like handwriting where that font has every letter. */
export type Style = 'regular' | 'bold' | 'mark';

/** One font of the npm packages; the file is read when its first character is asked for, and kept. */
export class Typeface {
  /** Identifies the font within the process. */
  readonly key: string;
  /** Characters the font claims, whichever fonts come before it. */
  readonly script: RegExp | undefined;
  readonly path: string;
  #font: TrueType | undefined;

  constructor(name: string, weight: string, script?: RegExp) {
    const family = name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
    // "NKo" is one word in the name of its package.
    this.path = `@expo-google-fonts/${family.replace('n-ko', 'nko')}/${weight}/${name}_${weight}.ttf`;
    this.key = `${name}-${weight}`;
    this.script = script;
  }

  get font(): TrueType {
    return (this.#font ??= new TrueType(readFileSync(resolve(this.path))));
  }

  /** Whether the font has a glyph for every one of these characters. */
  covers(codePoints: readonly number[]): boolean {
    return codePoints.every((code) => this.font.glyphOf(code) !== 0);
  }
}

const { resolve } = createRequire(import.meta.url);

const SCRIPTS: readonly (readonly [name: string, script: RegExp, hasBold: boolean])[] = [
  ['NotoSansArabic', /\p{Script_Extensions=Arabic}/u, true],
  ['NotoSansHebrew', /\p{Script_Extensions=Hebrew}/u, true],
  ['NotoSansEthiopic', /\p{Script_Extensions=Ethiopic}/u, true],
  ['NotoSansDevanagari', /\p{Script_Extensions=Devanagari}/u, true],
  ['NotoSansThai', /\p{Script_Extensions=Thai}/u, true],
  ['NotoSansGeorgian', /\p{Script=Georgian}/u, true],
  ['NotoSansArmenian', /\p{Script=Armenian}/u, true],
  ['NotoSansNKo', /\p{Script_Extensions=Nko}/u, false],
  ['NotoSansTifinagh', /\p{Script=Tifinagh}/u, false],
];

const REGULAR = '400Regular';
const BOLD = '600SemiBold';

const scripts = (bold: boolean): Typeface[] => SCRIPTS.map(([name, script, hasBold]) => new Typeface(name, bold && hasBold ? BOLD : REGULAR, script));

const regular: readonly Typeface[] = [new Typeface('NotoSans', REGULAR), ...scripts(false)];

/** The fonts of each style, in the order in which they are asked. */
const CATALOGUE: Readonly<Record<Style, readonly Typeface[]>> = {
  regular,
  bold: [new Typeface('NotoSans', BOLD), ...scripts(true)],
  mark: [new Typeface('NotoSans', '400Regular_Italic'), ...regular],
};

const HANDWRITING = new Typeface('Caveat', '500Medium');

export function typefaces(style: Style): readonly Typeface[] {
  return CATALOGUE[style];
}

/** For marks that have no other letters; half a word in another hand would look forged. */
export function handwriting(): Typeface {
  return HANDWRITING;
}
