import { signPdf } from '@buffrsign/pades';
import { createTestTrust, sealSigner } from '@buffrsign/pades/test-trust';
import { until } from '@buffrsign/kernel/testing';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../src/verification/limits.ts';
import { corpusPdf } from './support/corpus.ts';
import { startDesk, type Desk } from './support/desk.ts';
import { send, upload, verify, verifyBy, withVerification } from './support/verifying.ts';

let desk: Desk;
let envelopeId: string;
let sealed: Uint8Array;
/** Signed by an authority that is none of the platform's. */
let foreign: Uint8Array;
beforeAll(async () => {
  desk = await startDesk();
  const envelope = await desk.sent();
  await desk.allSign(envelope);
  const { sealedDocument } = await desk.completed(envelope.id);
  envelopeId = envelope.id;
  sealed = await desk.graph.tools.services.files.readAll(desk.member.organizationId, sealedDocument!.sha256);
  const now = new Date();
  const trust = await createTestTrust({ now });
  foreign = await signPdf(await corpusPdf('minimal-document.pdf'), { signer: sealSigner(trust), signedAt: now });
});
afterAll(() => desk.stop());

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** One bit of the first page's description is another one. */
const tampered = (pdf: Uint8Array): Uint8Array => {
  const copy = Buffer.from(pdf);
  const at = copy.indexOf('/MediaBox');
  copy[at + 1]! ^= 0x20;
  return copy;
};
const waitingFiles = (): Promise<string[]> => readdir(join(desk.folder, 'verifications'));

describe('verifyDocument, asked by nobody in particular,', () => {
  test('says of a PDF sealed here that it holds, that its trust is a test’s, and that it was sealed here', async () => {
    const answer = await verify(desk, sealed);
    expect(answer).toMatchObject({ __typename: 'DocumentVerification', verdict: 'VALID', sha256: sha256(sealed), size: sealed.length });
    expect(answer.signatures!.every(({ intact, trusted, trust }) => intact && trusted && trust === 'TEST')).toBe(true);
    const { sealedAt } = await desk.graph.tools.db.sealing.findUniqueOrThrow({ where: { envelopeId } });
    expect(answer.sealedHereAt).toBe(sealedAt!.toISOString());
  });

  test('says of the same PDF with one bit changed that it does not hold, and not that it was sealed here', async () => {
    const answer = await verify(desk, tampered(sealed));
    expect(answer).toMatchObject({ verdict: 'INVALID', sealedHereAt: null });
    expect(answer.signatures!.some(({ intact }) => !intact)).toBe(true);
  });

  test('says of a PDF to which something was appended that it does not hold, or cannot be read', async () => {
    const answer = await verify(desk, Buffer.concat([sealed, Buffer.from('\n1 0 obj\n<< /Type /Catalog >>\nendobj\n')]));
    expect(answer.verdict ?? answer.code).toMatch(/^(INVALID|DAMAGED)$/);
  });

  test('says of a PDF without a signature that there is none', async () => {
    expect(await verify(desk, await corpusPdf('minimal-document.pdf'))).toMatchObject({ verdict: 'UNSIGNED', level: null, signatures: [], sealedHereAt: null });
  });

  test('says of a PDF signed elsewhere what holds, and that its issuer is not known here', async () => {
    const answer = await verify(desk, foreign);
    expect(answer).toMatchObject({ verdict: 'INVALID', sealedHereAt: null });
    expect(answer.signatures).toMatchObject([{ intact: true, trusted: false, trust: null, signer: { commonName: expect.stringContaining('TEST') } }]);
  });

  test.each([
    ['ENCRYPTED', () => corpusPdf('libreoffice-writer-password.pdf')],
    ['NOT_A_PDF', async () => Buffer.from('Dear Sir or Madam,')],
    ['NOT_A_PDF', async () => Buffer.from('<html>%PDF-1.7</html>')],
  ])('refuses what cannot be read as %s, with a sentence that says what to do', async (code, pdf) => {
    const answer = await verify(desk, await pdf());
    expect(answer).toMatchObject({ __typename: 'DocumentUnreadableError', code });
    expect(answer.message).toMatch(/^This [^]+\.$/);
  });

  test.each([
    ['neither', {}, ''],
    ['neither, said with null', { content: null, uploadId: null }, ''],
    ['both', { content: 'JVBERi0=', uploadId: 'A'.repeat(43) }, ''],
    ['what is not Base64', { content: 'not base64!' }, 'content'],
  ])('refuses %s of the two ways to give a file', async (_what, input, path) => {
    expect(await verifyBy(desk, input)).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
  });

  test('refuses a file within the operation that is too large, and names the other way', async () => {
    const answer = await verify(desk, Buffer.alloc(LIMITS.contentBytes + 3));
    expect(answer).toMatchObject({ __typename: 'FileTooLargeError', maxBytes: LIMITS.contentBytes, message: expect.stringContaining('POST /verifications') });
  });

  test('takes the largest that it says it takes', async () => {
    expect(await verify(desk, Buffer.alloc(LIMITS.contentBytes))).toMatchObject({ code: 'NOT_A_PDF' });
  });

  test('tells nothing of the envelope beyond what the file itself says', async () => {
    const text = JSON.stringify(await verify(desk, sealed));
    const file = Buffer.from(sealed).toString('latin1');
    const { organizationId, documentId, senderId, recipients } = await desk.graph.tools.db.envelope.findUniqueOrThrow({ where: { id: envelopeId }, include: { recipients: true } });
    const secrets = [organizationId, documentId, senderId, ...recipients.flatMap(({ id, email }) => [id, email])];
    expect(secrets.filter((secret) => text.includes(secret) && !file.includes(secret))).toEqual([]);
  });

  test('keeps nothing: no file and no row', async () => {
    await verify(desk, foreign);
    await verify(desk, Buffer.from('no PDF'));
    expect(await waitingFiles()).toEqual([]);
  });
});

describe('a file sent to POST /verifications', () => {
  test('is looked at once by the id that was answered, and is gone then', async () => {
    const response = await send(desk, sealed as RequestInit['body']);
    const answer = (await response.json()) as { uploadId: string; sha256: string; size: number; expiresAt: string };
    expect(response.status).toBe(201);
    expect(answer).toMatchObject({ sha256: sha256(sealed), size: sealed.length, uploadId: expect.stringMatching(/^[\w-]{43}$/) });
    expect((await waitingFiles()).some((name) => name.includes(answer.uploadId))).toBe(false);
    expect(await verifyBy(desk, { uploadId: answer.uploadId })).toMatchObject({ verdict: 'VALID' });
    expect(await verifyBy(desk, { uploadId: answer.uploadId })).toMatchObject({ __typename: 'UploadNotFoundError' });
    expect(await waitingFiles()).toEqual([]);
  });

  test.each(['../../../etc/passwd', '', 'A'.repeat(43), 'x'.repeat(5_000)])('is not found by an id that was never given out (%#)', async (uploadId) => {
    expect(await verifyBy(desk, { uploadId })).toMatchObject({ __typename: 'UploadNotFoundError' });
  });

  test.each([
    [{ 'content-type': 'text/html' }],
    [{ 'content-type': 'application/pdf', 'content-encoding': 'gzip' }],
    [{}],
  ])('is refused with other headers than a PDF’s: %j', async (headers) => {
    const response = await send(desk, Buffer.from('%PDF-1.7'), headers as Record<string, string>);
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ code: 'UNSUPPORTED_TYPE', message: expect.stringContaining('application/pdf') });
  });

  test('whose sender leaves half way leaves nothing behind', async () => {
    const request = httpRequest(`${desk.graph.url}/verifications`, { method: 'POST', headers: { 'content-type': 'application/pdf', 'content-length': '1000' } });
    request.on('error', () => undefined).write('%PDF-1.7');
    await until('the file to arrive', async () => (await waitingFiles()).length === 1);
    request.destroy();
    await until('the file to be gone', async () => (await waitingFiles()).length === 0);
  });

  test('that are many are each looked at and answered for themselves', async () => {
    const files = [sealed, tampered(sealed), foreign, await corpusPdf('minimal-document.pdf'), Buffer.from('none'), sealed];
    const answers = await Promise.all(files.map(async (file) => verifyBy(desk, { uploadId: await upload(desk, file) })));
    expect(answers.map(({ verdict, code }) => verdict ?? code)).toEqual(['VALID', 'INVALID', 'INVALID', 'UNSIGNED', 'NOT_A_PDF', 'VALID']);
  });
});

describe('the limits', () => {
  const startLimited = (limits: Parameters<typeof withVerification>[0]['limits'], now?: () => Date): Promise<Desk> => startDesk({ definition: withVerification({ limits: limits! }), ...(now && { now }) });

  test('of size hold for a file that does not say how long it is, and nothing of it stays', async () => {
    const limited = await startLimited({ fileBytes: 100_000 });
    const told = await send(limited, Buffer.alloc(100_001));
    const untold = await send(limited, new Blob([Buffer.alloc(1_000_000)]).stream());
    for (const response of [told, untold]) {
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ code: 'FILE_TOO_LARGE', maxBytes: 100_000 });
    }
    expect(await readdir(join(limited.folder, 'verifications'))).toEqual([]);
    await limited.stop();
  });

  test('of time end the waiting of a file, whether somebody asks or not', async () => {
    let now = new Date();
    const limited = await startLimited({}, () => now);
    const [asked] = [await upload(limited, foreign), await upload(limited, foreign)];
    now = new Date(now.getTime() + LIMITS.keptMs + 1_000);
    expect(await verifyBy(limited, { uploadId: asked })).toMatchObject({ __typename: 'UploadNotFoundError' });
    await limited.graph.tools.services.verification.uploads.sweep();
    expect(await readdir(join(limited.folder, 'verifications'))).toEqual([]);
    await limited.stop();
  });

  test('of space refuse a file by name when others take all of it', async () => {
    const limited = await startLimited({ spoolBytes: foreign.length + 10 });
    await upload(limited, foreign);
    const response = await send(limited, foreign as RequestInit['body']);
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([503, '30', { code: 'TOO_BUSY', message: expect.stringContaining('Try again') }]);
    expect(await verify(limited, foreign)).toMatchObject({ __typename: 'VerificationBusyError' });
    await limited.stop();
  });

  test('of one look end it as too complex', async () => {
    const limited = await startLimited({ wallTimeMs: 1 });
    expect(await verify(limited, sealed)).toMatchObject({ __typename: 'DocumentUnreadableError', code: 'TOO_COMPLEX' });
    await limited.stop();
  });

  test('of memory end it as too complex', async () => {
    const limited = await startLimited({ memoryBytes: 40 * 2 ** 20 });
    expect(await verify(limited, Buffer.concat([sealed, Buffer.alloc(300_000)]))).toMatchObject({ __typename: 'DocumentUnreadableError', code: 'TOO_COMPLEX' });
    await limited.stop();
  });

  test('of waiting refuse by name, and the file is still there to be asked about again', async () => {
    const limited = await startLimited({ atOnce: 1, waiting: 1 });
    const ids = await Promise.all(Array.from({ length: 4 }, () => upload(limited, foreign)));
    const answers = await Promise.all(ids.map((uploadId) => verifyBy(limited, { uploadId })));
    const refused = ids.filter((_id, index) => answers[index]!.__typename === 'VerificationBusyError');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(4);
    expect(await verifyBy(limited, { uploadId: refused[0]! })).toMatchObject({ __typename: 'DocumentVerification' });
    await limited.stop();
  });
});
