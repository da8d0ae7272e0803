import { createTransport } from 'nodemailer';
import { readFailure, type SmtpFailure } from '../domain/reply.ts';
import { toMime, type MailTransport } from './transport.ts';

/** A server that does not even greet is down; waiting longer keeps other mails waiting. */
const CONNECT_MS = 10_000;

/** Sends by SMTP (RFC 5321), one connection a mail: a mail is never requeued by the client behind our back. */
export const createSmtpTransport = (options: { url: string; from: string; timeoutSeconds: number }): MailTransport => {
  const client = createTransport(
    { url: options.url, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, dnsTimeout: CONNECT_MS, socketTimeout: options.timeoutSeconds * 1_000 },
  );
  return {
    async send(mail) {
      try {
        const { response } = await client.sendMail(toMime(mail, options.from));
        return { outcome: 'ACCEPTED', response };
      } catch (error) {
        return readFailure(error as SmtpFailure);
      }
    },
  };
};
