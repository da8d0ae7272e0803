import { Problem, type Logger } from '@buffrsign/kernel/gateway';

/** Says that a subgraph cannot be reached, to the client by its name and to the log with the reason. */
export const createUnavailable =
  (subgraph: string, log: Logger) =>
  (reason: unknown, requestId: string, message = `The part "${subgraph}" of the platform does not answer right now. Try again shortly.`): Problem => {
    log.warn({ err: reason, subgraph, requestId }, 'subgraph unavailable');
    return new Problem('UNAVAILABLE', { message, pub: { subgraph } });
  };

/** Nobody reads this one: the client is gone. */
export const clientLeft = (): Problem => new Problem('UNAVAILABLE', { message: 'The client left before the answer was ready.' });
