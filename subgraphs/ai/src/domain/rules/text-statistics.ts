import type { Statistics } from '../result.ts';
import { languageOf, wordsOf } from './words.ts';

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Automated Readability Index, to one decimal (Senter and Smith, AMRL-TR-66-220, 1967). */
const readabilityOf = (letters: number, words: number, sentences: number): number => Math.round((4.71 * (letters / words) + 0.5 * (words / sentences) - 21.43) * 10) / 10;

/** Measures a text, given by its pages. */
export const measureText = (pages: readonly string[]): Statistics => {
  const text = pages.join('\n');
  const words = wordsOf(text);
  const language = languageOf(words);
  // A text without a full stop is one sentence all the same.
  const sentences = words.length === 0 ? 0 : Math.max(1, count(text, /[.!?…]+(?=["”’)]?(?:\s|$))/g));
  return {
    pages: pages.length,
    emptyPages: pages.filter((page) => page.trim() === '').length,
    characters: count(text, /\S/g),
    words: words.length,
    sentences,
    language,
    readabilityIndex: language === 'en' ? readabilityOf(count(text, /[\p{L}\d]/gu), words.length, sentences) : null,
  };
};
