import { DeadlineError } from './transport/unavailable.ts';

/** Queries and mutations that are being answered. */
export interface UnderWay {
  /** Gives what is to be called when the answer is out. */
  begin(controller: AbortController): () => void;
  /** Ends the wait for subgraphs: everything is answered with what is there, and an error where something is not. */
  answerNow(): void;
}

export const createUnderWay = (): UnderWay => {
  const controllers = new Set<AbortController>();
  return {
    begin(controller) {
      controllers.add(controller);
      return () => void controllers.delete(controller);
    },
    answerNow() {
      for (const controller of controllers) controller.abort(new DeadlineError('The gateway stops.'));
    },
  };
};
