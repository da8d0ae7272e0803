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
/** To who takes anything, the type that everybody can read, with statuses that say what they mean. */
const ANYTHING: AnswerType = { ...LEGACY, faultsAreOk: false };

const kinds = new Map<string, AnswerType>([
  ['application/graphql-response+json', MODERN],
  ['application/json', LEGACY],
  ['application/*', ANYTHING],
  ['*/*', ANYTHING],
]);

const weightOf = (parameters: readonly string[]): number => {
  const given = parameters.map((each) => /^\s*q\s*=\s*([\d.]+)\s*$/i.exec(each)?.[1]).find((each) => each !== undefined);
  return given === undefined ? 1 : Number(given);
};

const read = (accept: string): AnswerType | undefined => {
  const wanted = accept.split(',').flatMap((each) => {
    const [type = '', ...parameters] = each.split(';');
    const kind = kinds.get(type.trim().toLowerCase());
    const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([\w-]+)/i.exec(one)?.[1]?.toLowerCase()).find((one) => one !== undefined);
    return kind && (charset === undefined || charset === 'utf-8' || charset === 'utf8') ? [{ kind, weight: weightOf(parameters) }] : [];
  });
  return wanted.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)[0]?.kind;
};

/** The type of answer that an `Accept` header asks for; nothing when it takes none of ours. */
export const negotiate = (accept: string | undefined): AnswerType | undefined => (accept === undefined || accept === '*/*' ? ANYTHING : read(accept));
