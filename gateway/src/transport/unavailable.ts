import { Problem, type Logger } from '@buffrsign/kernel/gateway';

/** Says that a subgraph cannot be reached, to the client by its name and to the log with the reason. */
export const createUnavailable =
  (subgraph: string, log: Logger) =>
  (reason: unknown, requestId: string, message = `The part "${subgraph}" of the platform does not answer right now. Try again shortly.`): Problem => {
    log.warn({ err: reason, subgraph, requestId }, 'subgraph unavailable');
    return new Problem('UNAVAILABLE', { message, pub: { subgraph } });
  };

/** The reason of a signal that aborts because the time for an operation is over; any other means that the client left. */
export class DeadlineError extends Error {
  override name = 'DeadlineError';
}

/** Nobody waits for this fetch any more: the client is gone (and reads no error), or the time is over. */
export const abandoned = (signal: AbortSignal): Problem =>
  new Problem('UNAVAILABLE', { message: signal.reason instanceof DeadlineError ? 'The platform did not answer in time. Ask for less, or try again shortly.' : 'The client left before the answer was ready.' });
