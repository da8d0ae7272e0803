/** The words of a name, without accents, case and order. */
const wordsOf = (name: string): ReadonlySet<string> =>
  new Set(
    name
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toUpperCase()
      .split(/[^\p{L}]+/u)
      .filter(Boolean),
  );

/** Whether two names have the same words. Other spellings of one name do not agree here: a person must compare them. */
export const namesAgree = (one: string, other: string): boolean => {
  const [words, otherWords] = [wordsOf(one), wordsOf(other)];
  return words.size > 0 && words.size === otherWords.size && [...words].every((word) => otherWords.has(word));
};
