import { open, type ServiceSource } from '@buffrsign/kernel';
import { z } from 'zod';
import type { Database } from './database.ts';
import type { Env } from './env.ts';
import { createMailCatcher } from './transports/mail-catcher.ts';
import { createSmtpTransport } from './transports/smtp.ts';
import type { MailTransport } from './transports/transport.ts';

export interface Services {
  /** How mail leaves: to a mail server, or into files where there is none. */
  readonly transport: MailTransport;
  /** The secret links of a message, by name. @throws Error when they do not open with this data key. */
  openLinks(sealed: string): Readonly<Record<string, string>>;
}

const linksModel = z.record(z.string(), z.string());
/** Whose mails are when nobody said: a name that no mail server ever delivers from (RFC 6761). */
const FROM = 'BuffrSign <no-reply@buffrsign.localhost>';

export const createServices = ({ env, kernel }: ServiceSource<Database, Env>): Services => {
  const from = env.EMAIL_FROM ?? FROM;
  return {
    transport: env.SMTP_URL ? createSmtpTransport({ url: env.SMTP_URL, from, timeoutSeconds: env.SMTP_TIMEOUT_SECONDS }) : createMailCatcher({ directory: env.MAIL_DIR, from }),
    openLinks: (sealed) => linksModel.parse(JSON.parse(open(sealed, kernel.dataKey))),
  };
};
