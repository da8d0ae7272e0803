import { problems } from '@buffrsign/kernel/gateway';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { setTimeout as wait } from 'node:timers/promises';
import { toGraphQLError } from '../errors.ts';
import type { StreamCounters } from './counters.ts';
import { createPatience } from './patience.ts';
import type { StreamSettings } from './settings.ts';
import type { MakeEvent, StreamEvent } from './stream-event.ts';

/** Where the events of a stream come from, and how one is completed. */
export interface StreamSource {
  open(cursor: string | undefined, signal: AbortSignal): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  complete(event: ExecutionResult, signal: AbortSignal): Promise<ExecutionResult>;
}

/** What came of a source. */
export interface Arrival {
  readonly event: StreamEvent;
  /** Whether nothing comes after it: the source refused, or is lost. */
  readonly isLast: boolean;
}

/** Finished events of one subscription at a subgraph, each made when it is asked for. */
export interface Upstream {
  /** The next one; nothing when the source has ended, or this was closed. Never fails: a failure is a last event. */
  next(): Promise<Arrival | undefined>;
  close(): void;
}

export interface UpstreamParts {
  readonly settings: StreamSettings;
  readonly counters: StreamCounters;
  readonly makeEvent: MakeEvent;
}

/** A source that gave up without being asked to: by a failure, or by an answer that says nothing but that it failed. */
class BrokenError extends Error {
  override name = 'BrokenError';
  readonly refusal: ExecutionResult;
  constructor(refusal: ExecutionResult) {
    super('The source failed.');
    this.refusal = refusal;
  }
}

const isStream = (opened: AsyncIterable<ExecutionResult> | ExecutionResult): opened is AsyncIterable<ExecutionResult> => Symbol.asyncIterator in opened;

/** The operation was not carried out at all. */
const isRefusal = ({ data }: ExecutionResult): boolean => data === undefined;

/** Not a field of it could be read: an event that failed as a whole, or that the actor may no longer see. */
const saysNothing = ({ data }: ExecutionResult): boolean => data === undefined || data === null;

/** Codes that say no more than that something failed, as all does that has no code of ours. With any other there is no use in trying again. */
const failures = new Set<unknown>(['INTERNAL', 'UNAVAILABLE', 'STREAM_INTERRUPTED']);
const isFailure = (error: unknown): boolean => {
  const code = (error as Partial<GraphQLError> | undefined)?.extensions?.['code'];
  return failures.has(code) || !Object.hasOwn(problems, String(code));
};

const cursorOf = ({ extensions }: ExecutionResult): string | undefined => (typeof extensions?.['cursor'] === 'string' ? extensions['cursor'] : undefined);

/** The items of a source, opened when they are first asked for and again after `reset`. */
const createItems = (source: StreamSource, signal: AbortSignal) => {
  let items: AsyncIterator<ExecutionResult> | undefined;
  const release = (): void => {
    void Promise.resolve(items?.return?.()).catch(() => undefined);
    items = undefined;
  };
  return {
    release,
    /** An item, or the one answer in place of a stream. */
    async next(cursor: string | undefined): Promise<IteratorResult<ExecutionResult, unknown>> {
      if (!items) {
        const opened = await source.open(cursor, signal);
        if (!isStream(opened)) return { done: false, value: opened };
        items = opened[Symbol.asyncIterator]();
        if (signal.aborted) release();
      }
      return items ? items.next() : { done: true, value: undefined };
    },
  };
};

/**
 * Opens a source, from a cursor where there is one, and completes its events. One that breaks is taken up again after
 * its last event, where that had a cursor, for as long as the settings say. Without a cursor what happened meanwhile
 * would be lost in silence, so the stream ends with the reason.
 */
export const createUpstream = (source: StreamSource, from: string | undefined, { settings, counters, makeEvent }: UpstreamParts): Upstream => {
  const own = new AbortController();
  const items = createItems(source, own.signal);
  const patience = createPatience(settings);
  let cursor = from;
  let broken = false;
  counters.upstreams += 1;

  const take = async (): Promise<Arrival | undefined> => {
    patience.asked();
    const { done, value } = await items.next(cursor);
    if (done || own.signal.aborted) return undefined;
    if (saysNothing(value) && cursor !== undefined && (value.errors ?? []).every(isFailure)) throw new BrokenError(value);
    broken = false;
    patience.arrived();
    const at = cursorOf(value);
    const event = makeEvent(await source.complete(value, own.signal), at);
    // Where there are cursors, the source ends with an event that says nothing, and the one before is still good.
    const isLast = isRefusal(value) || (saysNothing(value) && cursor !== undefined);
    if (!isLast) cursor = at;
    return { event, isLast };
  };

  /** Waits for the next try. False when there is none: nothing says where to go on, or it has been tried for long enough. */
  const mayTryAgain = async (): Promise<boolean> => {
    items.release();
    const pause = cursor === undefined ? undefined : patience.failed();
    if (pause === undefined) return false;
    if (!broken) counters.resumed += 1;
    broken = true;
    await wait(pause, undefined, { signal: own.signal }).catch(() => undefined);
    return true;
  };

  const lastOf = async (error: unknown): Promise<Arrival> => {
    const result = error instanceof BrokenError ? await source.complete(error.refusal, own.signal) : { errors: [toGraphQLError(error)] };
    return { event: makeEvent(result), isLast: true };
  };

  return {
    async next() {
      while (!own.signal.aborted) {
        try {
          return await take();
        } catch (error) {
          if (own.signal.aborted) return undefined;
          if (!isFailure(error) || !(await mayTryAgain())) return lastOf(error);
        }
      }
      return undefined;
    },
    close() {
      if (own.signal.aborted) return;
      counters.upstreams -= 1;
      own.abort();
      items.release();
    },
  };
};
