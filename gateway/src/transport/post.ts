import type { Dispatcher } from 'undici';
import { whenAborted } from './when-aborted.ts';

/** What came back for a request. */
export interface Posted {
  readonly status: number;
  readonly text: string;
}

type Asked = Pick<Dispatcher.DispatchOptions, 'path' | 'headers' | 'body'>;

const textOf = (chunks: readonly Buffer[]): string => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString();

/**
 * Posts something and takes the whole answer as a text. Rejects with the signal's reason as soon as it aborts. By
 * `dispatch`, since undici's `request` makes a stream of every answer, which is most of what a small one costs.
 */
export const post = (to: Dispatcher, asked: Asked, signal: AbortSignal | undefined): Promise<Posted> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    let controller: Dispatcher.DispatchController | undefined;
    let status = 0;
    const chunks: Buffer[] = [];
    const abort = (): void => {
      const reason = signal!.reason as Error;
      // It may wait for a connection still; then it is aborted when it has one.
      controller?.abort(reason);
      reject(reason);
    };
    const over = signal && whenAborted(signal, abort);
    to.dispatch(
      { ...asked, method: 'POST' },
      {
        onRequestStart(started) {
          controller = started;
          if (signal?.aborted) abort();
        },
        onResponseStart(_controller, code) {
          status = code;
        },
        onResponseData: (_controller, chunk) => void chunks.push(chunk),
        onResponseEnd() {
          over?.();
          resolve({ status, text: textOf(chunks) });
        },
        onResponseError(_controller, error) {
          over?.();
          reject(error);
        },
      },
    );
  });
