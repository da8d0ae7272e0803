import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { readFailure, type SmtpFailure } from '../domain/reply.ts';
import { addressOf, toMime, type MailTransport } from './transport.ts';

/** A server that does not even greet is down; waiting longer keeps other mails waiting. */
const CONNECT_MS = 10_000;

type Options = ReturnType<typeof parseConnectionUrl>;

/** One conversation with the mail server, from greeting to goodbye; gives what it said when it took the message. */
const converse = async (options: Options, envelope: { from: string; to: string }, message: Readable): Promise<string> => {
  const connection = new SMTPConnection(options);
  const conversation = Promise.withResolvers<string>();
  connection.once('error', conversation.reject);
  const send = () => connection.send(envelope, message, (error, info) => (error ? conversation.reject(error) : conversation.resolve(info?.response ?? '')));
  connection.connect(() => {
    if (!options.auth) return send();
    connection.login(options.auth, (error) => (error ? conversation.reject(error) : send()));
  });
  try {
    return await conversation.promise;
  } finally {
    connection.quit();
    connection.close();
  }
};

/** Sends by SMTP (RFC 5321), one connection a mail: a mail is never requeued by the client behind our back. */
export const createSmtpTransport = ({ url, from, timeoutSeconds }: { url: string; from: string; timeoutSeconds: number }): MailTransport => {
  const options: Options = { ...parseConnectionUrl(url), connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, dnsTimeout: CONNECT_MS, socketTimeout: timeoutSeconds * 1_000 };
  return {
    async send(mail) {
      let begun = false;
      try {
        const bytes = await toMime(mail, from);
        // Read only once the server has asked for the message: tells a broken hand-over from one that never began.
        const message = new Readable({
          read() {
            begun = true;
            this.push(bytes);
            this.push(null);
          },
        });
        return { outcome: 'ACCEPTED', response: await converse(options, { from: addressOf(from), to: mail.to.email }, message) };
      } catch (error) {
        return readFailure(error as SmtpFailure, begun);
      }
    },
  };
};
