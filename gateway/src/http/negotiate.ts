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

/** The type of answer that an `Accept` header asks for; nothing when it takes none of ours. */
export const negotiate = (accept: string | undefined): AnswerType | undefined =>
  accept === undefined || accept === '*/*' ? PLAIN : read(accept).flatMap((wanted) => (isOurText(wanted) ? (kinds.get(wanted.type) ?? []) : []))[0];

const formatOf = (wanted: Wanted): StreamFormat | undefined => {
  if (wanted.type === 'text/event-stream') return serverSentEvents;
  return wanted.type === 'multipart/mixed' && parameterOf(wanted, 'subscriptionSpec') === '1.0' ? multipart : undefined;
};

/** How an `Accept` header takes streams; nothing when it takes none by name. */
export const negotiateStream = (accept: string | undefined): StreamFormat | undefined => (accept === undefined || accept === '*/*' ? undefined : read(accept).flatMap((wanted) => formatOf(wanted) ?? [])[0]);
