import type { WebSocket } from 'ws';
import type { LiveStream } from './subscribe.ts';
import type { Subscription } from './subscriber.ts';

/** What graphql-ws is given in place of results: it waits for the end of it, and lets go of it when the client does. */
export type SocketStream = AsyncIterableIterator<never, undefined> & { return(): Promise<IteratorReturnResult<undefined>> };

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * A stream on a socket. The protocol's library keeps the operation and its end; the events are written here, as `next`
 * messages around a text that is the same for all subscribers. Through the library each would be checked and written
 * as JSON again for every one of them.
 */
export const openSocketStream = (stream: LiveStream, { socket, id, bufferedBytes }: { socket: WebSocket; id: string; bufferedBytes: number }): SocketStream => {
  const before = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  let subscription: Subscription | undefined;
  let [isFull, isOver] = [false, false];
  let end: (result: IteratorReturnResult<undefined>) => void;
  const ended = new Promise<IteratorReturnResult<undefined>>((resolve) => (end = resolve));

  /** Called when a message has left. */
  const sent = (): void => {
    if (!isFull || socket.bufferedAmount > bufferedBytes) return;
    isFull = false;
    subscription?.resume();
  };

  const start = (): void => {
    subscription = stream.start({
      next({ json }) {
        // One that closes takes nothing any more; its streams are let go of when it has closed.
        if (socket.readyState !== socket.OPEN) return false;
        socket.send(`${before}${json}}`, sent);
        isFull = socket.bufferedAmount > bufferedBytes;
        return !isFull;
      },
      complete: () => end(done),
    });
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (!subscription && !isOver) start();
      return ended;
    },
    async return() {
      isOver = true;
      subscription?.leave();
      end(done);
      return done;
    },
  };
};
