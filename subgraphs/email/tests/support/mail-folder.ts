import { simpleParser, type ParsedMail } from 'mailparser';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface MailFolder {
  readonly path: string;
  names(): Promise<readonly string[]>;
  read(id: string): Promise<ParsedMail>;
  remove(): Promise<void>;
}

/** A folder for caught mails. */
export const createMailFolder = async (): Promise<MailFolder> => {
  const path = await mkdtemp(join(tmpdir(), 'buffrsign-mails-'));
  return {
    path,
    names: async () => (await readdir(path)).sort(),
    read: async (id) => simpleParser(await readFile(join(path, `${id}.eml`))),
    remove: () => rm(path, { recursive: true, force: true }),
  };
};
