import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { toMime, type MailTransport } from './transport.ts';

/**
 * Catches mails where there is no mail server: each becomes `<message id>.eml` (RFC 5322) in a folder, links included,
 * since the folder is the mailbox of everybody. A mail that is handed over again replaces itself.
 */
export const createMailCatcher = ({ directory, from }: { directory: string; from: string }): MailTransport => {
  const composer = createTransport({ streamTransport: true, buffer: true });
  return {
    async send(mail) {
      try {
        const { message } = await composer.sendMail(toMime(mail, from));
        await mkdir(directory, { recursive: true });
        // Under another name until it is whole: whoever watches the folder never reads half a mail.
        const partial = join(directory, `.${mail.id}.partial`);
        const file = await open(partial, 'w');
        try {
          await file.writeFile(message as Buffer);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(partial, join(directory, `${mail.id}.eml`));
        return { outcome: 'ACCEPTED', response: `Caught as ${mail.id}.eml` };
      } catch (error) {
        return { outcome: 'DEFERRED', response: `The mail could not be caught: ${(error as Error).message}` };
      }
    },
  };
};
