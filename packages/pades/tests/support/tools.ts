import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** Runs an installed program to its end; the two outputs come back as one Latin-1 text. */
export function run(program: string, args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'latin1', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 });
  return { code: status, output: `${stdout ?? ''}${stderr ?? ''}` };
}

function isInstalled(program: string): boolean {
  return spawnSync('which', [program]).status === 0;
}

/** A `describe` that says in its own name which missing program makes it skip. */
export function describeWith(programs: readonly string[], name: string, tests: () => void): void {
  const missing = programs.filter((program) => !isInstalled(program));
  const reason = missing.length > 0 ? ` (skipped: ${missing.join(', ')} not installed)` : '';
  describe.skipIf(missing.length > 0)(name + reason, tests);
}

/** A temporary folder with, on demand, an NSS database that trusts one root. */
export class Workshop implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'pades-'));
  #files = 0;
  readonly #databases = new Map<string, string>();

  file(content: string | Uint8Array, extension = 'pdf'): string {
    const path = join(this.folder, `${++this.#files}.${extension}`);
    writeFileSync(path, content);
    return path;
  }

  /** What pdfsig says about a PDF when it trusts these roots. */
  pdfsig(pdf: Uint8Array, ...rootPems: readonly string[]): string {
    return run('pdfsig', ['-nssdir', `sql:${this.#nssDatabase(rootPems)}`, this.file(pdf)]).output;
  }

  read(path: string): Buffer {
    return readFileSync(path);
  }

  #nssDatabase(rootPems: readonly string[]): string {
    const key = rootPems.join('');
    const known = this.#databases.get(key);
    if (known) return known;
    const folder = mkdtempSync(join(this.folder, 'nss-'));
    const imports = rootPems.map((pem, index) => ['-A', '-n', `root ${index}`, '-t', 'CT,C,C', '-i', this.file(pem, 'pem')]);
    for (const args of [['-N', '--empty-password'], ...imports]) {
      const { code, output } = run('certutil', [...args, '-d', `sql:${folder}`]);
      if (code !== 0) throw new Error(`certutil failed: ${output}`);
    }
    this.#databases.set(key, folder);
    return folder;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
