import { DeadlineError } from './transport/unavailable.ts';

/** What can be ended before its time. */
interface Abortable {
  abort(reason: unknown): void;
}

/** Queries and mutations that are being answered. */
export interface UnderWay {
  /** Gives what is to be called when the answer is out. */
  begin(answer: Abortable): () => void;
  /** Ends the wait for subgraphs: everything is answered with what is there, and an error where something is not. */
  answerNow(): void;
}

export const createUnderWay = (): UnderWay => {
  const answers = new Set<Abortable>();
  return {
    begin(answer) {
      answers.add(answer);
      return () => void answers.delete(answer);
    },
    answerNow() {
      for (const answer of answers) answer.abort(new DeadlineError('The gateway stops.'));
    },
  };
};
