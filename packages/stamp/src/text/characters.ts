/**
 * They steer how letters join or where lines break, and have no look of their own: soft hyphen, zero-width space,
 * joiner and non-joiner, the two direction marks, word joiner. Embeddings and overrides of direction are not among
 * them: with those a text reads differently from what it says.
 */
export const INVISIBLE = /[\u00ad\u200b-\u200f\u2060]/u;

/** Controls, private use, unassigned, half surrogates, variants of emoji; separators of lines that `linesOf` does not know. */
export const NEVER_SHOWN = /[\p{C}\p{Zl}\p{Zp}\ufe00-\ufe0f]/u;
