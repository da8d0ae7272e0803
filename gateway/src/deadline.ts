import { DeadlineError } from './transport/unavailable.ts';

/** A signal for one operation. */
export interface Deadline {
  readonly signal: AbortSignal;
  abort(): void;
  /** It may take as long as it will. */
  untimed(): void;
  /** Lets go of the timer, and of the signal that it follows. */
  done(): void;
}

/** Aborts when the time for an operation is over, or when the other signal does. */
export const createDeadline = (operationMs: number, other?: AbortSignal): Deadline => {
  const own = new AbortController();
  const abort = (): void => own.abort();
  const timer = setTimeout(() => own.abort(new DeadlineError('The time for this operation is over.')), operationMs);
  if (other?.aborted) abort();
  other?.addEventListener('abort', abort, { once: true });
  return {
    signal: own.signal,
    abort,
    untimed: () => clearTimeout(timer),
    done() {
      clearTimeout(timer);
      other?.removeEventListener('abort', abort);
    },
  };
};
