import { within } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import type { Admit } from '../admit.ts';
import type { Gateway, OperationRequest } from '../gateway.ts';
import type { Stream } from '../subscriptions/mapped-stream.ts';
import type { Counts } from './counts.ts';
import { noteOperation, type Observation } from './observation.ts';
import type { Observer } from './observer.ts';

const isStream = (opened: Stream<ExecutionResult> | ExecutionResult): opened is Stream<ExecutionResult> => Symbol.asyncIterator in opened;

const note = (observation: Observation, { document, operationName, context }: OperationRequest): void => {
  noteOperation(observation, document, operationName);
  observation.actor = context.actor;
  observation.client = context.client;
};

/** A stream that says when it is over. Events are counted; errors in them are the events' own. */
const watched = (stream: Stream<ExecutionResult>, observation: Observation, over: () => void): Stream<ExecutionResult> => {
  let told = false;
  const tell = (): void => {
    if (!told) over();
    told = true;
  };
  const step = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
    const result = await stream.next();
    if (result.done) tell();
    else observation.events += 1;
    return result;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => within(observation, step),
    async return() {
      tell();
      await stream.return();
      return { done: true, value: undefined };
    },
  };
};

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
export const observeGateway = (gateway: Gateway, observer: Observer, counts: Counts): Gateway => ({
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
    if (!isStream(opened)) {
      if (!begun) observer.end(observation, opened);
      return opened;
    }
    counts.subscriptions += 1;
    return watched(opened, observation, () => {
      counts.subscriptions -= 1;
      observer.end(observation, {});
    });
  },
});
