import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { toMime, type MailTransport } from './transport.ts';

/** Writes a file so that it is there whole or not at all, also when the machine stops. */
const writeWhole = async (directory: string, name: string, bytes: Buffer): Promise<void> => {
  await mkdir(directory, { recursive: true });
  const partial = join(directory, `.${name}.partial`);
  const file = await open(partial, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, join(directory, name));
};

/**
 * Catches mails where there is no mail server: each becomes `<message id>.eml` (RFC 5322) in a folder, links included,
 * since the folder is the mailbox of everybody. A mail that is handed over again replaces itself.
 */
export const createMailCatcher = ({ directory, from }: { directory: string; from: string }): MailTransport => ({
  async send(mail) {
    try {
      await writeWhole(directory, `${mail.id}.eml`, await toMime(mail, from));
      return { outcome: 'ACCEPTED', response: `Caught as ${mail.id}.eml` };
    } catch (error) {
      return { outcome: 'DEFERRED', response: `The mail could not be caught: ${(error as Error).message}` };
    }
  },
});
