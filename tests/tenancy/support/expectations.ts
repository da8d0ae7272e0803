import type { World } from '../world/index.ts';
import { codesOf, type Answer } from './ask.ts';

/** How an answer says no more than that there is no such thing, or not for you. */
const CLOSED = ['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED', 'UNAUTHORIZED_FIELD_OR_TYPE'];

export interface Secrets {
  readonly ids: ReadonlySet<string>;
  readonly marker?: string;
}

/** All of an organization, to those outside. */
export const allOf = ({ ids, marker }: World): Secrets => ({ ids, marker });
/** All but what the guest of another of its envelopes may see. */
export const innerOf = ({ innerIds: ids, inner: marker }: World): Secrets => ({ ids, marker });
/** As `innerOf`, to the guest of another envelope of the same document, who reads its title and text. */
export const innerButDocument = ({ innerIds, documentId, versionId, preparedVersionId }: World): Secrets => ({ ids: new Set([...innerIds].filter((id) => ![documentId, versionId, preparedVersionId].includes(id))) });

const idsIn = (text: string): readonly string[] => text.match(/[a-z]+_[0-9a-hjkmnp-tv-z]{26}/g) ?? [];

/** What of an organization can be read in a text: ids of its rows, words of its people. What the asker said is no news to them. */
export const tracesOf = (text: string, { ids, marker }: Secrets, said: unknown = undefined): readonly string[] => {
  const known = idsIn(JSON.stringify(said) ?? '');
  const found = idsIn(text).filter((id) => ids.has(id) && !known.includes(id));
  const words = marker === undefined ? [] : text.toLowerCase().split(marker).slice(0, -1).map((before) => `${before.slice(-60)}${marker}`);
  return [...new Set([...found, ...words])];
};

/** Whether a value tells nothing: null, an empty list, or an object whose every field tells nothing but the id that was asked for. */
export const isNothing = (value: unknown, asked?: string): boolean => {
  if (value === null || value === undefined || value === asked) return true;
  if (Array.isArray(value)) return value.every((item) => isNothing(item, asked));
  if (typeof value !== 'object') return false;
  return Object.entries(value).every(([name, inner]) => name === '__typename' || name === 'pageInfo' || isNothing(inner, asked));
};

/** Why an answer is more than nothing; undefined when it is not. */
export const moreThanNothing = (answer: Answer, refusals: readonly string[]): string | undefined => {
  const [value] = Object.values(answer.data ?? {});
  const named = (value as { __typename?: string } | null | undefined)?.__typename;
  if (named !== undefined && refusals.includes(named)) return undefined;
  const others = codesOf(answer).filter((code) => !CLOSED.includes(String(code)));
  return others.length === 0 && isNothing(value) ? undefined : answer.text;
};

/** Every number in a value. */
export const numbersIn = (value: unknown): readonly number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};
