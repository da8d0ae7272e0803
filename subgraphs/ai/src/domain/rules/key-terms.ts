import type { KeyTerm } from '../result.ts';
import { commonWords, wordsOf } from './words.ts';

const MAX_TERMS = 25;
const MAX_WORDS = 4;
const MIN_LETTERS = 3;

/** Words that hold English sentences together, beyond the commonest. */
const connecting =
  'about above across after again against all also although am among another because been before being below between both but can cannot could did do does done down during each either else ever every few first from further had he hence her here him his how however i if into itself just last least less like made make many me might more most much must my neither never no nor now off often once one only other otherwise our out over own per rather same second see set she should since so some still than their them then there these they thing things those though three through thus together too two under unless until up upon us use used very want was we were what when where whether while who whom whose why without would yet you your';
/** Words that contracts say all the time. */
const legal = 'party parties hereby herein hereinafter hereof hereto thereof thereto therefore said clause section';

/** Words that are no key terms. */
const stopWords = new Set([...commonWords['en']!, ...commonWords['af']!, ...connecting.split(' '), ...legal.split(' ')]);

const tellsSomething = (word: string): boolean => word.length >= MIN_LETTERS && /\p{L}/u.test(word) && !stopWords.has(word);

/** Runs of telling words between stop words and punctuation (Rose et al., RAKE, 2010), up to four words each. */
const phrasesOf = (page: string): string[] =>
  page.split(/[^\p{L}\d'’\s-]+|\n{2,}/u).flatMap((stretch) => {
    const phrases: string[][] = [[]];
    for (const word of wordsOf(stretch)) {
      if (!tellsSomething(word)) phrases.push([]);
      else if (phrases.at(-1)!.length === MAX_WORDS) phrases.push([word]);
      else phrases.at(-1)!.push(word);
    }
    return phrases.filter((words) => words.length > 0).map((words) => words.join(' '));
  });

/** The phrases that a text says most: by how often, longer ones before shorter, then by the alphabet. */
export const extractKeyTerms = (pages: readonly string[]): KeyTerm[] => {
  const terms = new Map<string, { count: number; pages: Set<number> }>();
  for (const [index, page] of pages.entries()) {
    for (const phrase of phrasesOf(page)) {
      const term = terms.get(phrase) ?? { count: 0, pages: new Set() };
      terms.set(phrase, { count: term.count + 1, pages: term.pages.add(index + 1) });
    }
  }
  const weight = ({ term, count }: KeyTerm): number => count * term.split(' ').length;
  return [...terms]
    .map(([term, { count, pages: on }]) => ({ term, count, pages: [...on] }))
    .sort((one, other) => weight(other) - weight(one) || (one.term < other.term ? -1 : 1))
    .slice(0, MAX_TERMS);
};
