import type { StreamEvent } from '../subscriptions/stream-event.ts';

/** How a stream of results is written over HTTP. */
export interface StreamFormat {
  readonly contentType: string;
  /** Comes first, so that the client knows at once that the stream is open. */
  readonly opening: string;
  readonly heartbeat: string;
  event(event: StreamEvent): string;
  /** Comes last. A stream that is broken off has not completed. */
  closing(isBrokenOff: boolean): string;
}
