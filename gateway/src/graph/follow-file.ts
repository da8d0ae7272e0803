import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A file is taken as it is once it was the same for so long, in milliseconds: nobody writes to it any more. */
const SETTLED_MS = 100;

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

/** The text of a file that nobody writes to any more; nothing while there is none. */
const settled = async (path: string): Promise<string | undefined> => {
  for (let before = await read(path); ; ) {
    await pause(SETTLED_MS);
    const now = await read(path);
    if (now === before) return now;
    before = now;
  }
};

/** Tells of changes in the folder; nothing where the system cannot watch it. */
const watchFolder = (path: string, look: () => void): { close(): void } => {
  try {
    // The folder and not the file: a file that is replaced is another one, and a mounted one is a link in its folder.
    const watcher = watch(dirname(path), { persistent: false }, look);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return { close: () => undefined };
  }
};

/**
 * Follows the text of a file from `first` on, whether it is written to, replaced, or a link that is led elsewhere. The
 * system's word that something changed is only the faster way: networks and mounted volumes do not always pass it on, so
 * the file is also read every `pollMs` milliseconds. 0 follows nothing.
 */
export const followFile = (options: { path: string; pollMs: number; first: string; changed(text: string): void }): { close(): void } => {
  const { path, pollMs, first, changed } = options;
  if (pollMs === 0) return { close: () => undefined };
  let last = first;
  let looking: Promise<void> | undefined;
  let again = false;
  let closed = false;

  const lookOnce = async (): Promise<void> => {
    do {
      again = false;
      if ((await read(path)) === last) continue;
      const text = await settled(path);
      if (closed || text === undefined || text === last) continue;
      last = text;
      changed(text);
    } while (again);
  };

  const look = (): void => {
    again = true;
    looking ??= lookOnce().finally(() => (looking = undefined));
  };

  const watcher = watchFolder(path, look);
  const timer = setInterval(look, pollMs).unref();
  return {
    close() {
      closed = true;
      clearInterval(timer);
      watcher.close();
    },
  };
};
