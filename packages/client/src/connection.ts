import { CloseCode, type ClientOptions } from 'graphql-ws';
import { createPace } from './pace.ts';

/** What decides when graphql-ws connects again. */
export type Reconnecting = Required<Pick<ClientOptions, 'retryAttempts' | 'retryWait' | 'shouldRetry' | 'on'>>;

const DEFAULT_REFUSALS = 3;

const isForbidden = (event: unknown): boolean => (event as { code?: unknown } | undefined)?.code === CloseCode.Forbidden;

/**
 * Connects again for as long as somebody is subscribed, except to a server that refuses the client: 4403 before the
 * connection was acknowledged, so often in a row. 4403 afterwards means that the token has expired, and is no refusal.
 */
export const reconnecting = (options: Pick<ClientOptions, 'on' | 'shouldRetry'> & { backoff?: ((attempt: number) => number) | undefined; refusals?: number | undefined }): Reconnecting => {
  const { on = {}, shouldRetry = () => true, backoff, refusals = DEFAULT_REFUSALS } = options;
  const pace = createPace(backoff);
  let acknowledged = false;
  let refused = 0;
  let gaveUp = false;

  /** Whoever subscribes after it gave up, with other credentials perhaps, begins from the beginning. */
  const beginAnew = (): void => {
    if (!gaveUp) return;
    gaveUp = false;
    refused = 0;
    pace.reset();
  };

  return {
    retryAttempts: Infinity,
    // Also what is no close event: a server that cannot be reached, or a token that could not be had just now.
    shouldRetry(problem) {
      gaveUp ||= refused >= refusals || !shouldRetry(problem);
      return !gaveUp;
    },
    async retryWait() {
      if (gaveUp) return;
      await new Promise((resolve) => setTimeout(resolve, pace.next()));
    },
    on: {
      ...on,
      connecting(isRetry) {
        acknowledged = false;
        beginAnew();
        on.connecting?.(isRetry);
      },
      connected(...args) {
        acknowledged = true;
        refused = 0;
        pace.opened();
        on.connected?.(...args);
      },
      closed(event) {
        if (!acknowledged && isForbidden(event)) refused += 1;
        on.closed?.(event);
      },
    },
  };
};
