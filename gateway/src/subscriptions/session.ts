import type { Logger } from '@buffrsign/kernel/gateway';
import type { Authenticate, Session } from '../authenticate.ts';
import { onExpiry } from './expiry.ts';

/** One client's WebSocket: who is on it, until when, and whether it is still there. */
export interface SocketSession extends Session {
  readonly signal: AbortSignal;
  /** Queries and mutations that are being answered on it. */
  readonly answering: Answering;
  /** Ends everything that runs for this socket. */
  end(): void;
}

/** Operations by their ids on the socket. */
export interface Answering {
  began(id: string): void;
  /** Its last message is about to be sent. */
  ended(id: string): void;
  /** Resolves when the last message of each was given to the socket. */
  none(): Promise<void>;
}

const createAnswering = (): Answering => {
  const ids = new Set<string>();
  let whenNone: (() => void) | undefined;
  return {
    began: (id) => void ids.add(id),
    ended(id) {
      if (ids.delete(id) && ids.size === 0) setImmediate(() => whenNone?.());
    },
    none: () => new Promise((resolve) => (ids.size === 0 ? setImmediate(resolve) : (whenNone = resolve))),
  };
};

const authorizationOf = (params: Readonly<Record<string, unknown>> | undefined): string | undefined => {
  const given = params?.['authorization'] ?? params?.['Authorization'];
  return given === undefined || given === null ? undefined : String(given);
};

/**
 * Opens a session from the payload of `connection_init`: `{ authorization: "Bearer …" }`, or none to be anonymous.
 * `expired` is called when its token runs out. Nothing comes of a token that is not to be believed.
 */
export const openSession = async (options: { params: Readonly<Record<string, unknown>> | undefined; authenticate: Authenticate; now: () => Date; expired: () => void; log: Logger }): Promise<SocketSession | undefined> => {
  const { params, authenticate, now, expired, log } = options;
  const session = await authenticate(authorizationOf(params)).catch((error: unknown) => void log.debug({ err: error }, 'a socket was refused'));
  if (!session) return undefined;
  const gone = new AbortController();
  const forget = onExpiry(session, now, expired);
  return {
    ...session,
    signal: gone.signal,
    answering: createAnswering(),
    end() {
      forget();
      gone.abort();
    },
  };
};
