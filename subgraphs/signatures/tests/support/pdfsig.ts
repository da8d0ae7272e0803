import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What Poppler's `pdfsig`, which no one here wrote, says of a PDF when it trusts this root. */
export const pdfsig = async (pdf: Uint8Array, rootPath: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'buffrsign-pdfsig-'));
  try {
    const database = `sql:${folder}`;
    await run('certutil', ['-N', '--empty-password', '-d', database]);
    await run('certutil', ['-A', '-n', 'root', '-t', 'CT,C,C', '-i', rootPath, '-d', database]);
    const path = join(folder, 'sealed.pdf');
    await writeFile(path, pdf);
    const { stdout } = await run('pdfsig', ['-nssdir', database, path]);
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Fails, with its words, unless qpdf finds nothing wrong with the structure of a PDF. */
export const qpdfCheck = async (pdf: Uint8Array): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'buffrsign-qpdf-'));
  try {
    const path = join(folder, 'sealed.pdf');
    await writeFile(path, pdf);
    await run('qpdf', ['--check', path]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
