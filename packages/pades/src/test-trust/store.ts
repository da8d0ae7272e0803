import { X509Certificate, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignatureAlgorithm } from '../cms/signer.ts';
import { createTestTrust } from './authority.ts';
import { TestTrustFailure, fromPem, rootPem, toPem, type TestTrust } from './test-trust.ts';

const PRIVATE_FILE = 'test-trust.pem';
const ROOT_FILE = 'test-root.pem';

/**
 * The test trust kept in `dir`, made at the first call. `test-trust.pem` (mode 0600) holds everything;
 * `test-root.pem` is a copy of the root for verifiers. Several processes may call this at once: one file wins
 * for all of them, and a kill at any moment leaves either no trust or a whole one.
 *
 * @throws {TestTrustFailure} rather than replacing a trust that is expired or unreadable.
 */
export async function loadOrCreateTestTrust(
  dir: string,
  options: { readonly now: Date; readonly algorithm?: SignatureAlgorithm },
): Promise<TestTrust> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const trust = (await load(dir)) ?? (await create(dir, options));
  assertValidAt(trust, options.now, dir);
  await replace(dir, ROOT_FILE, rootPem(trust));
  return trust;
}

async function load(dir: string): Promise<TestTrust | undefined> {
  const path = join(dir, PRIVATE_FILE);
  try {
    return fromPem(await readFile(path, 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    if (error instanceof TestTrustFailure) throw new TestTrustFailure(error.code, `${error.message} Look at ${path}.`, { cause: error });
    throw error;
  }
}

async function create(dir: string, options: Parameters<typeof createTestTrust>[0]): Promise<TestTrust> {
  const temporary = await write(dir, toPem(await createTestTrust(options)), 0o600);
  try {
    // Unlike rename, link fails when another process was first; then that one's trust is everybody's.
    await link(temporary, join(dir, PRIVATE_FILE));
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(temporary);
  }
  const trust = await load(dir);
  if (!trust) throw new TestTrustFailure('TEST_TRUST_UNREADABLE', `The test trust in ${dir} vanished while it was being made.`);
  return trust;
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

function assertValidAt({ seal, issuing, root }: TestTrust, now: Date, dir: string): void {
  for (const der of [seal, issuing, root]) {
    const { validFromDate, validToDate } = new X509Certificate(der);
    if (now >= validFromDate && now <= validToDate) continue;
    throw new TestTrustFailure('TEST_TRUST_EXPIRED', `The test trust in ${dir} is not valid now; move the folder away and a new one is made.`);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
