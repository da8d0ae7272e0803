import type { World } from '../world/index.ts';

export type Variables = Readonly<Record<string, unknown>>;

/**
 * What a field must answer to a stranger:
 * - `nothing`: null, an empty list, or a refusal that says no more than that there is no such thing;
 * - `own`: what is the asker's own organization's;
 * - `counts`: figures of the asker's own organization, which stay as they are whatever happens in others;
 * - `common`: the same for everybody.
 */
export type Answer = 'nothing' | 'own' | 'counts' | 'common';

export interface Probe {
  readonly answer: Answer;
  /** Asked by a stranger about `theirs`, who may also name something of their `own`; asked with two worlds that are one, it is about one's own. */
  readonly variables: (theirs: World, own: World) => Variables;
  /** Members of the result union that may say `nothing`; anything else has to be an error. */
  readonly refusals: readonly string[];
  /** Whether nobody in particular is answered, too. */
  readonly isPublic: boolean;
  /** Whether a member who asks about their own organization sees something of it. */
  readonly seenByOwner: boolean;
}

type Variable = Probe['variables'];

const probe = (answer: Answer, variables: Variable, of: Partial<Probe> = {}): Probe => ({ answer, variables, refusals: [], isPublic: false, seenByOwner: answer !== 'common', ...of });

/** Names something of theirs. `refusals`: how a result union says that there is no such thing. */
export const nothing = (variables: Variable, ...refusals: string[]): Probe => probe('nothing', variables, { refusals });
/** Names nothing of theirs. */
export const own = (variables: Variable = () => ({}), of: Partial<Probe> = {}): Probe => probe('own', variables, of);
export const counts = (variables: Variable = () => ({})): Probe => probe('counts', variables);
export const common = (variables: Variable = () => ({})): Probe => probe('common', variables);
/** Anybody may try. */
export const openly = (of: Probe): Probe => ({ ...of, isPublic: true, seenByOwner: false });
/** There is nothing of this kind to be seen by the owner either. */
export const unseen = (of: Probe): Probe => ({ ...of, seenByOwner: false });

/** Root fields, as `Query.document`, with what is asked of each. Acts that end something stand last. */
export type Table = Readonly<Record<string, Probe | readonly Probe[]>>;
