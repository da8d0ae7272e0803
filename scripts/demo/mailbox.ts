import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { simpleParser, type ParsedMail } from 'mailparser';

const POLL_MS = 50;
const PATIENCE_MS = 30_000;

export interface Mailbox {
  /** Waits for a mail to an address that `wanted` takes. */
  receive(address: string, wanted: (mail: ParsedMail) => boolean): Promise<ParsedMail>;
  /** The mails to an address so far. */
  all(address: string): Promise<readonly ParsedMail[]>;
}

const addresseesOf = (mail: ParsedMail): string[] => [mail.to].flat().flatMap((to) => to?.value.map(({ address }) => address ?? '') ?? []);

/** Reads the mails that the platform caught, as their recipients would read them in their mailboxes. */
export const openMailbox = (directory: string): Mailbox => {
  const read = new Map<string, ParsedMail>();
  const refresh = async (): Promise<void> => {
    const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.eml') && !read.has(name));
    for (const name of names) read.set(name, await simpleParser(await readFile(join(directory, name))));
  };
  const all = async (address: string) => {
    await refresh();
    return [...read.values()].filter((mail) => addresseesOf(mail).includes(address));
  };
  return {
    all,
    async receive(address, wanted) {
      for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(POLL_MS)) {
        const mail = (await all(address)).find(wanted);
        if (mail) return mail;
      }
      throw new Error(`No mail for ${address} came to ${directory} in ${PATIENCE_MS / 1_000} s. If mails are caught elsewhere, say where with --mails.`);
    },
  };
};

/** The secret of a signing link in a mail. */
export const signingTokenOf = (mail: ParsedMail): string | undefined => /\/sign\/([\w-]+)/.exec(mail.text ?? '')?.[1];
