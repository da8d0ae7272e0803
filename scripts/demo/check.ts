import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Check {
  readonly valid: boolean;
  /** What was found, in a line. */
  readonly words: string;
}

/** Makes a certificate store that trusts the platform's test root, where there are the tools and the root for it. */
const withTrust = async <Result>(rootPem: string | undefined, work: (args: string[]) => Promise<Result>): Promise<Result> => {
  if (!rootPem || !existsSync(rootPem)) return work([]);
  const store = await mkdtemp(join(tmpdir(), 'buffrsign-nss-'));
  try {
    await run('certutil', ['-N', '-d', `sql:${store}`, '--empty-password']);
    await run('certutil', ['-A', '-d', `sql:${store}`, '-n', 'root', '-t', 'CT,C,C', '-i', rootPem]);
    return await work(['-nssdir', store]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return await work([]);
  } finally {
    await rm(store, { recursive: true, force: true });
  }
};

interface Reported {
  readonly signer: string;
  readonly verdict: string | undefined;
  readonly certificate: string | undefined;
}

/** The signatures of people and of the platform. Timestamps over a document are of a type that pdfsig cannot check, and says so. */
const readReport = (report: string): Reported[] => {
  const valueIn = (part: string, key: string): string | undefined => new RegExp(`- ${key}: (.*)`).exec(part)?.[1];
  return report
    .split(/^Signature #\d+:/m)
    .slice(1)
    .filter((part) => !/Signature Type: (unknown|ETSI\.RFC3161)/.test(part))
    .map((part) => ({ signer: valueIn(part, 'Signer Certificate Common Name') ?? 'unknown', verdict: valueIn(part, 'Signature Validation'), certificate: valueIn(part, 'Certificate Validation') }));
};

/** Asks pdfsig (poppler), which knows nothing of us, what it makes of a signed PDF. */
export const checkWithPdfsig = (path: string, rootPem: string | undefined): Promise<Check> =>
  withTrust(rootPem, async (args) => {
    const result = await run('pdfsig', [...args, path]).catch((error: NodeJS.ErrnoException & { stdout?: string; stderr?: string }) => {
      if (error.code === 'ENOENT') return undefined;
      return { stdout: error.stdout ?? '', stderr: error.stderr ?? '' };
    });
    if (!result) return { valid: true, words: 'not checked: pdfsig is not here (apt-get install poppler-utils)' };
    const signatures = readReport(result.stdout);
    const found = signatures.map(({ signer, verdict, certificate }) => `${signer}: ${[verdict, certificate].filter(Boolean).join(' ')}`);
    return { valid: signatures.length > 0 && signatures.every(({ verdict }) => verdict === 'Signature is Valid.'), words: `pdfsig says: ${found.length > 0 ? found.join('\n               ') : 'no signature found'}` };
  });
