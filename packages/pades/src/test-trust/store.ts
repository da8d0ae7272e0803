import { X509Certificate, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestTrust, issueServices } from './authority.ts';
import type { TrustAlgorithm } from './certificates.ts';
import { TestTrustFailure, fromPem, rootPem, servicesFromPem, servicesToPem, toPem, type TestTrust, type TestTrustBase } from './test-trust.ts';

const PRIVATE_FILE = 'test-trust.pem';
/** Beside a trust that was made before there were time stamps: what it lacks. */
const SERVICES_FILE = 'test-services.pem';
const ROOT_FILE = 'test-root.pem';

/**
 * The test trust kept in `dir`, made at the first call. `test-trust.pem` (mode 0600) holds everything;
 * `test-root.pem` is a copy of the root for verifiers. A trust of an earlier version stays as it is, and what it
 * lacks is issued by its own issuing key into `test-services.pem` (mode 0600). Several processes may call this at
 * once: one file wins for all of them, and a kill at any moment leaves either no file or a whole one.
 *
 * @throws {TestTrustFailure} rather than replacing a trust that is expired or unreadable.
 */
export async function loadOrCreateTestTrust(
  dir: string,
  options: { readonly now: Date; readonly algorithm?: TrustAlgorithm },
): Promise<TestTrust> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const base = await once(dir, PRIVATE_FILE, fromPem, async () => toPem(await createTestTrust(options)));
  assertValidAt([base.seal, base.issuing, base.root], options.now, dir);
  const trust = 'tsa' in base ? base : await completed(base, dir, options.now);
  assertValidAt([trust.tsa, trust.ocsp, ...(trust.rootOcsp ? [trust.rootOcsp] : [])].map(({ certificate }) => certificate), options.now, dir);
  await replace(dir, ROOT_FILE, rootPem(trust));
  return trust;
}

async function completed(base: TestTrustBase, dir: string, now: Date): Promise<TestTrust> {
  const read = (pem: string) => servicesFromPem(pem, base);
  const services = await once(dir, SERVICES_FILE, read, async () => servicesToPem(await issueServices(base, { now })));
  return { ...base, ...services, rootOcsp: undefined };
}

/** What the file holds, made by whoever comes first. */
async function once<T>(dir: string, file: string, read: (pem: string) => T, make: () => Promise<string>): Promise<T> {
  const path = join(dir, file);
  const existing = await load(path, read);
  if (existing !== undefined) return existing;
  const temporary = await write(dir, await make(), 0o600);
  try {
    // Unlike rename, link fails when another process was first; then that one's file is everybody's.
    await link(temporary, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(temporary);
  }
  const made = await load(path, read);
  if (made === undefined) throw new TestTrustFailure('TEST_TRUST_UNREADABLE', `The test trust in ${dir} vanished while it was being made.`);
  return made;
}

async function load<T>(path: string, read: (pem: string) => T): Promise<T | undefined> {
  try {
    return read(await readFile(path, 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    if (error instanceof TestTrustFailure) throw new TestTrustFailure(error.code, `${error.message} Look at ${path}.`, { cause: error });
    throw error;
  }
}

async function replace(dir: string, file: string, text: string): Promise<void> {
  await rename(await write(dir, text, 0o644), join(dir, file));
}

async function write(dir: string, text: string, mode: number): Promise<string> {
  const path = join(dir, `.${randomUUID()}.tmp`);
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}

function assertValidAt(certificates: readonly Uint8Array[], now: Date, dir: string): void {
  for (const der of certificates) {
    const { validFromDate, validToDate } = new X509Certificate(der);
    if (now >= validFromDate && now <= validToDate) continue;
    throw new TestTrustFailure('TEST_TRUST_EXPIRED', `The test trust in ${dir} is not valid now; move the folder away and a new one is made.`);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
