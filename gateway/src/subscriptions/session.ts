import type { Logger } from '@buffrsign/kernel/gateway';
import type { Authenticate, Session } from '../authenticate.ts';
import { onExpiry } from './expiry.ts';

/** One client's WebSocket: who is on it, until when, and whether it is still there. */
export interface SocketSession extends Session {
  readonly signal: AbortSignal;
  /** Ends everything that runs for this socket. */
  end(): void;
}

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
    end() {
      forget();
      gone.abort();
    },
  };
};
