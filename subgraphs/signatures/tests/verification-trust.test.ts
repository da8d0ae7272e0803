import { signPdf } from '@buffrsign/pades';
import { createTestTrust, loadOrCreateTestTrust, rootPem, sealSigner, testTimestampAuthority, type TestTrust } from '@buffrsign/pades/test-trust';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpusPdf } from './support/corpus.ts';
import { startDesk } from './support/desk.ts';
import { longTermPdf } from './support/long-term.ts';
import { verify, withVerification } from './support/verifying.ts';

let folder: string;
/** Signed by an authority that is none of the platform's. */
let foreign: Uint8Array;
let foreignRoot: string;
let foreignTrust: TestTrust;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'buffrsign-foreign-'));
  const now = new Date();
  foreignTrust = await createTestTrust({ now });
  foreignRoot = join(folder, 'root.pem');
  await writeFile(foreignRoot, rootPem(foreignTrust));
  foreign = await signPdf(await corpusPdf('minimal-document.pdf'), { signer: sealSigner(foreignTrust), signedAt: now });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('VERIFY_ROOTS', () => {
  test('makes a foreign signature trusted, and says that the trust is no test’s', async () => {
    const trusting = await startDesk({ definition: withVerification({ roots: [foreignRoot] }) });
    const answer = await verify(trusting, foreign);
    expect(answer).toMatchObject({ verdict: 'VALID', signatures: [{ trusted: true, trust: 'CONFIGURED' }] });
    await trusting.stop();
  });

  test('does not let a time that the test authority stamps pass for a proven one', async () => {
    const trusting = await startDesk({ definition: withVerification({ roots: [foreignRoot] }) });
    const now = new Date();
    const own = await loadOrCreateTestTrust(join(trusting.folder, 'trust'), { now });
    const pdf = await signPdf(await corpusPdf('minimal-document.pdf'), { signer: sealSigner(foreignTrust), signedAt: now, timestamp: testTimestampAuthority(own, now) });
    const answer = await verify(trusting, pdf);
    expect(answer).toMatchObject({ verdict: 'VALID', signatures: [{ trust: 'CONFIGURED', provenAt: null, timestamp: { trusted: false } }] });
    await trusting.stop();
  });

  test('lets a document for the archive show all that it proves: level, times, revocation, and what was added after each signature', async () => {
    const { pdf, root } = await longTermPdf(await corpusPdf('minimal-document.pdf'), ['Ndapewa Shilongo', 'Tangeni Amupadhi']);
    const rootFile = join(folder, 'long-term-root.pem');
    await writeFile(rootFile, root);
    const trusting = await startDesk({ definition: withVerification({ roots: [rootFile] }) });
    const answer = await verify(trusting, pdf);
    expect(answer).toMatchObject({ verdict: 'VALID', level: 'B_LTA' });
    const proven = { level: 'B_LTA', trust: 'CONFIGURED', revocation: 'GOOD', provenAt: expect.any(String), timestamp: { trusted: true, authority: expect.stringContaining('TEST') } };
    const added = { permitted: true, object: expect.any(Number), description: expect.stringMatching(/\.$/) };
    expect(answer.signatures).toMatchObject([
      { ...proven, kind: 'CERTIFICATION', changesSince: [added, added, added, added] },
      { ...proven, kind: 'APPROVAL', fieldName: 'signer_1', signer: { commonName: 'Ndapewa Shilongo', email: 'ndapewa@example.na' }, changesSince: [added, added, added] },
      { ...proven, kind: 'APPROVAL', fieldName: 'signer_2', signer: { commonName: 'Tangeni Amupadhi' }, changesSince: [added, added] },
      { kind: 'DOC_TIMESTAMP', level: null, coversWholeFile: true, changesSince: [] },
    ]);
    await trusting.stop();
  });

  test('that names a file without certificates keeps the subgraph from starting and says which', async () => {
    const empty = join(folder, 'empty.pem');
    await writeFile(empty, 'nothing');
    await expect(startDesk({ definition: withVerification({ roots: [empty] }) })).rejects.toThrow(`VERIFY_ROOTS: there is no certificate in ${empty}`);
    await expect(startDesk({ definition: withVerification({ roots: [join(folder, 'nowhere.pem')] }) })).rejects.toThrow('cannot be read');
  });
});
