/** What came of handing a message to the mail server. */
export interface Reply {
  readonly outcome: 'ACCEPTED' | 'REFUSED' | 'DEFERRED' | 'UNREACHABLE' | 'INTERRUPTED';
  /** What the server said, or what went wrong on the way. */
  readonly response: string;
}

/** The part of a mail client's error that says how far it came. */
export interface SmtpFailure {
  readonly message: string;
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
}

/** Steps that are about this recipient or this message; a refusal anywhere else is about us (RFC 5321 §4.2.1, §4.2.4). */
const ABOUT_THE_MESSAGE = new Set(['RCPT TO', 'DATA']);

/**
 * Reads a failure. Refused for good (5xx) only where the recipient or the message was refused: a wrong password or a
 * full server of our own must not make an address look wrong. `begun`: the server had asked for the message, so that
 * without an answer nobody knows whether it took it.
 */
export const readFailure = ({ message, code, command, responseCode, response }: SmtpFailure, begun: boolean): Reply => {
  const said = response ?? message;
  if (responseCode === undefined) {
    // An address that no server can be asked about.
    if (code === 'EENVELOPE') return { outcome: 'REFUSED', response: said };
    if (begun) return { outcome: 'INTERRUPTED', response: said };
    return { outcome: 'UNREACHABLE', response: said };
  }
  const forGood = responseCode >= 500 && ABOUT_THE_MESSAGE.has(command ?? '');
  return { outcome: forGood ? 'REFUSED' : 'DEFERRED', response: said };
};
