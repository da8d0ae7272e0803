import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const WASM_PAGE_BYTES = 65_536;

/** What Node is told so that a process can neither grow without end nor reach anything but its own program. */
export const confinement = (maxMemoryBytes: number): string[] => [
  `--max-old-space-size=${Math.floor(maxMemoryBytes / 2 ** 20)}`,
  // The rendering engine's own heap: refused growth ends at once where a watchdog would be too late.
  `--wasm-max-mem-pages=${Math.floor(maxMemoryBytes / 2 / WASM_PAGE_BYTES)}`,
  // No writing, no other programs, no native code; reading only what is named.
  '--permission',
  '--allow-worker',
  ...programFolders().map((folder) => `--allow-fs-read=${folder}`),
  '--disallow-code-generation-from-strings',
  '--no-warnings',
];

/** The folders of this program, of the strict reader, and the one its libraries are in. */
function programFolders(): string[] {
  const reader = realpathSync(fileURLToPath(import.meta.resolve('@buffrsign/pades/reader')));
  const library = createRequire(import.meta.url).resolve('pdf-lib');
  const root = `${sep}node_modules${sep}`;
  return [fileURLToPath(new URL('../', import.meta.url)), dirname(dirname(reader)), library.slice(0, library.lastIndexOf(root) + root.length)];
}
