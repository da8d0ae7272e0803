import { createBoundedMap } from '../bounded-map.ts';
import { multipart } from './multipart.ts';
import { serverSentEvents } from './sse.ts';
import type { StreamFormat } from './stream-format.ts';

/** How an answer is written. */
export interface AnswerType {
  readonly contentType: string;
  /**
   * `application/json` is what clients ask for that know nothing of statuses: what is wrong with an operation then
   * comes with 200, and only what is wrong with the request has a status of its own.
   */
  readonly faultsAreOk: boolean;
}

const MODERN: AnswerType = { contentType: 'application/graphql-response+json; charset=utf-8', faultsAreOk: false };
const LEGACY: AnswerType = { contentType: 'application/json; charset=utf-8', faultsAreOk: true };
/** To who takes anything, and to who asked for a stream and gets none: the type that everybody can read, with statuses that say what they mean. */
export const PLAIN: AnswerType = { ...LEGACY, faultsAreOk: false };

const kinds = new Map<string, AnswerType>([
  ['application/graphql-response+json', MODERN],
  ['application/json', LEGACY],
  ['application/*', PLAIN],
  ['*/*', PLAIN],
]);

const weightOf = (parameters: readonly string[]): number => {
  const given = parameters.map((each) => /^\s*q\s*=\s*([\d.]+)\s*$/i.exec(each)?.[1]).find((each) => each !== undefined);
  return given === undefined ? 1 : Number(given);
};

interface Wanted {
  /** `multipart/mixed`, in small letters. */
  readonly type: string;
  readonly parameters: readonly string[];
}

/** What an `Accept` header takes, best first. Nothing that it takes with a weight of 0. */
const read = (accept: string): readonly Wanted[] =>
  accept
    .split(',')
    .map((each) => {
      const [type = '', ...parameters] = each.split(';');
      return { type: type.trim().toLowerCase(), parameters, weight: weightOf(parameters) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);

const parameterOf = ({ parameters }: Wanted, name: string): string | undefined =>
  parameters.map((one) => new RegExp(`^\\s*${name}\\s*=\\s*"?([\\w.-]+)`, 'i').exec(one)?.[1]?.toLowerCase()).find((one) => one !== undefined);

const isOurText = (wanted: Wanted): boolean => ['utf-8', 'utf8', undefined].includes(parameterOf(wanted, 'charset'));

const formatOf = (wanted: Wanted): StreamFormat | undefined => {
  if (wanted.type === 'text/event-stream') return serverSentEvents;
  return wanted.type === 'multipart/mixed' && parameterOf(wanted, 'subscriptionSpec') === '1.0' ? multipart : undefined;
};

/** What an `Accept` header takes of what there is. */
export interface Accepted {
  /** How an answer is written; nothing when the client takes none of our types. */
  readonly type: AnswerType | undefined;
  /** How a stream is written; nothing when the client takes none by name. */
  readonly format: StreamFormat | undefined;
}

const ANYTHING: Accepted = { type: PLAIN, format: undefined };

const readAccepted = (accept: string): Accepted => {
  const wanted = read(accept);
  return { type: wanted.flatMap((one) => (isOurText(one) ? (kinds.get(one.type) ?? []) : []))[0], format: wanted.flatMap((one) => formatOf(one) ?? [])[0] };
};

/** Headers that are kept read: clients of one kind all send the same. */
const KEPT_CHARACTERS = 20_000;

/** Reads `Accept` headers. */
export const createNegotiate = (): ((accept: string | undefined) => Accepted) => {
  const kept = createBoundedMap<Accepted & { readonly weight: number }>(KEPT_CHARACTERS, ({ weight }) => weight);
  return (accept) => {
    if (accept === undefined || accept === '*/*') return ANYTHING;
    const known = kept.get(accept);
    if (known) return known;
    const made = { ...readAccepted(accept), weight: accept.length };
    kept.set(accept, made);
    return made;
  };
};
