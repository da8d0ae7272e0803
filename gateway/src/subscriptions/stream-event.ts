import { readCursor, type Cursor, type Problem } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import { formatResult, type FormatError } from '../errors.ts';

/** One result of a stream, finished: the same object and the same text go to every subscriber. */
export interface StreamEvent {
  /** The formatted result as JSON. */
  readonly json: string;
  /** Its `extensions.cursor`: what a subscriber sends to be given all that comes after. */
  readonly cursor: string | undefined;
  /** The cursor, read: where in the log of its source the event stands. */
  readonly position: Cursor | undefined;
  /** Whether this is the gateway's word that the stream was broken off, and no result. */
  readonly interrupts: boolean;
}

export type MakeEvent = (result: ExecutionResult, cursor?: string) => StreamEvent;

export const createMakeEvent =
  (formatError: FormatError): MakeEvent =>
  (result, cursor) => {
    const formatted = formatResult(result, formatError);
    return {
      json: JSON.stringify(cursor === undefined ? formatted : { ...formatted, extensions: { cursor } }),
      cursor,
      position: cursor === undefined ? undefined : readCursor(cursor),
      interrupts: false,
    };
  };

/** The last event of a stream that the gateway breaks off. */
export const interruption = (problem: Problem, formatError: FormatError): StreamEvent => ({
  json: JSON.stringify(formatResult({ errors: [problem] }, formatError)),
  cursor: undefined,
  position: undefined,
  interrupts: true,
});
