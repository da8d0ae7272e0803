import type { Client, FormattedExecutionResult, Sink, SubscribePayload } from 'graphql-ws';
import { DEFAULT_INTERRUPTIONS, type GapReason, type ResumeOptions } from './options.ts';
import { createPace } from './pace.ts';
import { codesInstead, codesOf, cursorOf } from './signals.ts';

interface Wanted<Data, Extensions> extends ResumeOptions {
  readonly sink: Sink<FormattedExecutionResult<Data, Extensions>>;
  /** Called once, when there will be nothing more. */
  readonly ended: () => void;
}

const isLostCursor = (code: string): code is GapReason => code === 'CURSOR_EXPIRED' || code === 'CURSOR_INVALID';

/** Where a subscription is, and what is to be sent to go on from there. */
const createPosition = (payload: SubscribePayload, gap: (reason: GapReason) => void) => {
  let cursor = cursorOf(payload);
  let isFirst = true;
  let lost: GapReason = 'NO_CURSOR';

  /** Made at every sending: graphql-ws sends a subscription again by itself when it has connected again. */
  const toSend = (): SubscribePayload => {
    if (!isFirst && cursor === undefined) gap(lost);
    isFirst = false;
    lost = 'NO_CURSOR';
    const { cursor: _, ...extensions } = payload.extensions ?? {};
    return { ...payload, ...((payload.extensions || cursor !== undefined) && { extensions: { ...extensions, ...(cursor !== undefined && { cursor }) } }) };
  };

  return {
    payload: { ...payload, toJSON: toSend } as SubscribePayload,
    passed(at: string | undefined): void {
      cursor = at ?? cursor;
    },
    /** Whether there was a cursor to forget: without one, that it is none of the server's is no use to know. */
    forget(reason: GapReason): boolean {
      const had = cursor !== undefined;
      cursor = undefined;
      if (had) lost = reason;
      return had;
    },
  };
};

/** Subscribes, and again from the last cursor whenever the server says that it was interrupted. Gives the way to end it. */
export const subscribeResuming = <Data, Extensions>(client: Client, payload: SubscribePayload, wanted: Wanted<Data, Extensions>): (() => void) => {
  const { sink, ended, onGap, interruptions = DEFAULT_INTERRUPTIONS, backoff } = wanted;
  const pace = createPace(backoff);
  let over = false;
  let leave = (): void => undefined;

  // After it was sent, not while: what is read then is read by a server that has been told.
  const position = createPosition(payload, (reason) => queueMicrotask(() => over || onGap?.({ reason, payload })));

  const end = (tell: () => void): void => {
    if (over) return;
    over = true;
    leave();
    ended();
    tell();
  };

  const again = (ms: number): void => {
    leave();
    const timer = setTimeout(open, ms);
    leave = () => clearTimeout(timer);
  };

  /** Whether the codes mean that it goes on; then it does. */
  const goesOn = (codes: readonly string[]): boolean => {
    const lost = codes.find(isLostCursor);
    if (lost && position.forget(lost)) again(0);
    else if (codes.some((code) => interruptions.includes(code))) again(pace.next());
    else return false;
    return true;
  };

  const open = (): void => {
    pace.opened();
    let current = true;
    const unsubscribe = client.subscribe<Data, Extensions>(position.payload, {
      next(result) {
        if (!current || goesOn(codesInstead(result))) return;
        position.passed(cursorOf(result));
        pace.reset();
        sink.next(result);
      },
      error(error) {
        if (current && !goesOn(codesOf(error))) end(() => sink.error(error));
      },
      complete() {
        if (current) end(() => sink.complete());
      },
    });
    leave = () => {
      current = false;
      // Not at once: graphql-ws counts an end twice when it is unsubscribed with its `complete` already on the way in, and
      // by that count it decides whether anybody is left to connect again for.
      setTimeout(unsubscribe);
    };
  };

  open();
  return () => end(() => sink.complete());
};
