/** The commonest words of the languages that texts here are written in. They tell the language, and are no key terms. */
export const commonWords: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set('the of and to in a is that for be shall by with or on as this it any not from such may which an are has have will at its'.split(' ')),
  af: new Set('die van en het in is nie vir met wat om te op sal ’n \'n n of deur aan by dit hierdie word moet kan enige as sy hulle ons'.split(' ')),
  de: new Set('der die und das den von zu mit ist nicht ein eine für auf dem des im sich oder werden wird bei nach durch'.split(' ')),
  fr: new Set('le la les de des et à en un une est que pour dans du par sur au aux ou ne pas ce cette sont'.split(' ')),
  pt: new Set('o a de que e do da em um para com não os as uma por se no na dos das ou ao pelo pela'.split(' ')),
};

/** Words: letters and digits, with apostrophes and hyphens inside. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+(?:['’-][\p{L}\d]+)*/gu) ?? [];

const ENOUGH_WORDS = 40;
const ENOUGH_SHARE = 0.15;
const CLEAR_LEAD = 1.3;

/** The language whose commonest words make up most of a text; null when they are few, or no language leads clearly. */
export const languageOf = (words: readonly string[]): string | null => {
  if (words.length < ENOUGH_WORDS) return null;
  const shares = Object.entries(commonWords)
    .map(([language, common]) => ({ language, share: words.filter((word) => common.has(word)).length / words.length }))
    .sort((one, other) => other.share - one.share);
  const [first, second] = shares;
  return first && second && first.share >= ENOUGH_SHARE && first.share >= second.share * CLEAR_LEAD ? first.language : null;
};
