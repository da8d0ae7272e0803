import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A real PDF of the shared corpus, which lies beside the project. */
export function corpusPdf(name: string): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'shared', 'corpus', 'pdf', name);
    if (existsSync(path)) return path;
  }
  throw new Error(`There is no shared/corpus/pdf/${name} above ${import.meta.dirname}.`);
}
