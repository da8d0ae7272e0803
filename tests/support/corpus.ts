import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of real PDFs beside the project, looked for upwards: a checkout may lie deeper. */
export const corpus = (): string => {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const candidate = join(folder, 'shared', 'corpus', 'pdf');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error('There is no shared/corpus beside this checkout; the tests read their PDFs from there.');
  }
};
