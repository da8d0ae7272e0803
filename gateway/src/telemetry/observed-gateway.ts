import { within } from '@buffrsign/kernel/gateway';
import type { Admit } from '../admit.ts';
import type { Gateway, OperationRequest } from '../gateway.ts';
import { isLiveStream, type LiveStream } from '../subscriptions/subscribe.ts';
import type { Sink } from '../subscriptions/subscriber.ts';
import { whenOver } from '../subscriptions/when-over.ts';
import { noteOperation, type Observation } from './observation.ts';
import type { Observer } from './observer.ts';

const note = (observation: Observation, { document, operationName, context }: OperationRequest): void => {
  noteOperation(observation, document, operationName);
  observation.actor = context.actor;
  observation.client = context.client;
};

/** Counts the events of a stream; errors in them are the events' own. */
const counted = (stream: LiveStream, observation: Observation): LiveStream => ({
  start(sink) {
    const counting: Sink = {
      next(event) {
        observation.events += 1;
        return sink.next(event);
      },
      complete: () => sink.complete(),
    };
    return within(observation, stream.start, counting);
  },
});

/** Looking up and planning as a step of its own in a trace. */
export const observeAdmit =
  (admit: Admit, observer: Observer): Admit =>
  (request) => {
    const span = observer.planning(request.context.observation);
    return span ? admit(request).finally(() => span.end()) : admit(request);
  };

/**
 * A gateway whose operations are seen. Whoever takes a request over HTTP begins and ends its observation, since it also
 * sees what is refused before; over a socket that is done here.
 */
export const observeGateway = (gateway: Gateway, observer: Observer): Gateway => ({
  ...gateway,
  answer(request, how) {
    if (request.context.observation) {
      note(request.context.observation, request);
      return gateway.answer(request, how);
    }
    const observation = observer.begin(request.context.requestId);
    note(observation, request);
    return within(observation, gateway.answer, { ...request, context: { ...request.context, observation } }, how).then((result) => {
      observer.end(observation, result);
      return result;
    });
  },
  async subscribe(request) {
    const begun = request.context.observation;
    const observation = begun ?? observer.begin(request.context.requestId);
    note(observation, request);
    const opened = await within(observation, gateway.subscribe, { ...request, context: { ...request.context, observation } });
    if (!isLiveStream(opened)) {
      if (!begun) observer.end(observation, opened);
      return opened;
    }
    return whenOver(counted(opened, observation), () => () => observer.end(observation, {}));
  },
});
