import type { SendMailOptions } from 'nodemailer';
import type { Reply } from '../domain/reply.ts';
import type { Rendered } from '../domain/render.ts';

/** A mail as it goes to its recipient, secret links included. */
export interface OutgoingMail extends Rendered {
  /** Id of the message: the same in every attempt. */
  readonly id: string;
  readonly to: { readonly name: string; readonly email: string };
  /** When the message was queued. */
  readonly date: Date;
}

/**
 * Hands mails over. Never throws: whatever happens is a reply. Handing over the same mail again gives the same bytes
 * under the same Message-ID, so that a repetition can be told from a second mail.
 */
export interface MailTransport {
  send(mail: OutgoingMail): Promise<Reply>;
}

/** The mail in the words of the mail client; every attempt makes the same bytes of it. */
export const toMime = ({ id, to, date, subject, text, html }: OutgoingMail, from: string): SendMailOptions => ({
  from,
  to: { name: to.name, address: to.email },
  subject,
  text,
  html,
  date,
  messageId: `<${id}@${/@([^\s<>@]+)>?$/.exec(from)![1]!}>`,
  baseBoundary: id,
  // No out-of-office replies to a machine (RFC 3834).
  headers: { 'Auto-Submitted': 'auto-generated' },
  // A mail holds what it was given: nothing is read from disk or fetched.
  disableFileAccess: true,
  disableUrlAccess: true,
});
