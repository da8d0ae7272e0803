import { within } from '@buffrsign/kernel/gateway';
import type { Admit } from '../admit.ts';
import type { Gateway, OperationRequest } from '../gateway.ts';
import { isLiveStream, type LiveStream } from '../subscriptions/subscribe.ts';
import type { Sink } from '../subscriptions/subscriber.ts';
import { noteOperation, type Observation } from './observation.ts';
import type { Observer } from './observer.ts';

const note = (observation: Observation, { document, operationName, context }: OperationRequest): void => {
  noteOperation(observation, document, operationName);
  observation.actor = context.actor;
  observation.client = context.client;
};

/** A stream that says when it is over. Events are counted; errors in them are the events' own. */
const watched = (stream: LiveStream, observation: Observation, over: () => void): LiveStream => ({
  start(sink) {
    let told = false;
    const tell = (): void => {
      if (!told) over();
      told = true;
    };
    const counting: Sink = {
      next(event) {
        observation.events += 1;
        return sink.next(event);
      },
      complete() {
        tell();
        sink.complete();
      },
    };
    const { resume, leave } = within(observation, stream.start, counting);
    return { resume, leave: () => (tell(), leave()) };
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
  async answer(request, how) {
    const { context } = request;
    if (context.observation) {
      note(context.observation, request);
      return gateway.answer(request, how);
    }
    const observation = observer.begin(context.requestId);
    note(observation, request);
    const result = await within(observation, gateway.answer, { ...request, context: { ...context, observation } }, how);
    observer.end(observation, result);
    return result;
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
    return watched(opened, observation, () => observer.end(observation, {}));
  },
});
