import { X509Certificate } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TestTrustFailure, createTestTrust, fromPem, loadOrCreateTestTrust, rootPem, toPem, type TestTrust } from '../src/test-trust/index.ts';
import { Workshop } from './support/tools.ts';
import { ALGORITHMS, NOW } from './support/trust.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

let folders = 0;
const newFolder = (): string => join(workshop.folder, `trust-${++folders}`, 'deeper');

describe('The test trust', () => {
  it.each(ALGORITHMS)('says TEST in every subject and leads from the seal to the root (%s)', async (algorithm) => {
    const trust = await createTestTrust({ now: NOW, algorithm });
    const [seal, issuing, root] = [trust.seal, trust.issuing, trust.root].map((der) => new X509Certificate(der));
    const services = [trust.tsa, trust.ocsp, trust.rootOcsp].map((service) => new X509Certificate(service?.certificate ?? ''));
    for (const certificate of [seal, issuing, root, ...services]) expect(certificate?.subject).toMatch(/TEST .*not for real use/);
    expect(seal?.ca).toBe(false);
    expect(issuing && seal?.checkIssued(issuing) && seal.verify(issuing.publicKey)).toBe(true);
    expect(root && issuing?.checkIssued(root) && issuing.verify(root.publicKey)).toBe(true);
    expect(root?.verify(root.publicKey)).toBe(true);
  });

  it('comes back from PEM as it was', async () => {
    const trust = await createTestTrust({ now: NOW });
    expect(toPem(fromPem(toPem(trust)) as TestTrust)).toBe(toPem(trust));
  });

  it('is made once, kept for its owner alone, and the same at every start', async () => {
    const folder = newFolder();
    const first = await loadOrCreateTestTrust(folder, { now: NOW });
    const second = await loadOrCreateTestTrust(folder, { now: NOW });
    expect(toPem(second)).toBe(toPem(first));
    expect(statSync(join(folder, 'test-trust.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'test-root.pem'), 'utf8')).toBe(rootPem(first));
    expect(readFileSync(join(folder, 'test-root.pem'), 'utf8')).not.toContain('PRIVATE');
  });

  it('is one for all that start at the same time, and leaves nothing else behind', async () => {
    const folder = newFolder();
    const all = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateTestTrust(folder, { now: NOW })));
    expect(new Set(all.map(toPem)).size).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['test-root.pem', 'test-trust.pem']);
  });

  it('of an earlier version stays as it is and is completed by its own issuing key, once for all that start at the same time', async () => {
    const folder = newFolder();
    await loadOrCreateTestTrust(folder, { now: NOW });
    const path = join(folder, 'test-trust.pem');
    const blocks = readFileSync(path, 'utf8').split(/(?=-----BEGIN)/);
    const old = [...blocks.slice(0, 3), ...blocks.slice(6, 8)].join('');
    writeFileSync(path, old);
    const all = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateTestTrust(folder, { now: NOW })));
    expect(readFileSync(path, 'utf8')).toBe(old);
    expect(new Set(all.map(({ tsa, ocsp }) => Buffer.concat([tsa.certificate, ocsp.certificate]).toString('hex'))).size).toBe(1);
    expect(statSync(join(folder, 'test-services.pem')).mode & 0o777).toBe(0o600);
    const [first] = all as [TestTrust];
    const issuing = new X509Certificate(first.issuing);
    for (const { certificate } of [first.tsa, first.ocsp]) expect(new X509Certificate(certificate).verify(issuing.publicKey)).toBe(true);
    expect(first.rootOcsp).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(['test-root.pem', 'test-services.pem', 'test-trust.pem']);
  });

  it('is never replaced when it is unreadable, mixed up or expired', async () => {
    const folder = newFolder();
    const kept = toPem(await loadOrCreateTestTrust(folder, { now: NOW }));
    const path = join(folder, 'test-trust.pem');
    const other = toPem(await createTestTrust({ now: NOW }));
    const blocks = (pem: string): string[] => pem.split(/(?=-----BEGIN)/);
    const mixed = [...blocks(kept).slice(0, 3), ...blocks(other).slice(3)].join('');
    for (const damaged of ['', kept.slice(0, 900), mixed]) {
      writeFileSync(path, damaged);
      await expect(loadOrCreateTestTrust(folder, { now: NOW })).rejects.toMatchObject({ code: 'TEST_TRUST_UNREADABLE' });
      expect(readFileSync(path, 'utf8')).toBe(damaged);
    }
    writeFileSync(path, kept);
    const later = loadOrCreateTestTrust(folder, { now: new Date(NOW.getTime() + 11 * 365.25 * 86_400_000) });
    await expect(later).rejects.toBeInstanceOf(TestTrustFailure);
    await expect(later).rejects.toMatchObject({ code: 'TEST_TRUST_EXPIRED' });
    expect(readFileSync(path, 'utf8')).toBe(kept);
  });
});
