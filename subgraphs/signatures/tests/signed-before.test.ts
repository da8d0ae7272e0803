import { signPdf } from '@buffrsign/pades';
import { createTestTrust, sealSigner } from '@buffrsign/pades/test-trust';
import { layOutDocument } from '@buffrsign/stamp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpusPdf } from './support/corpus.ts';
import { aRecipient, startDesk, type Desk } from './support/desk.ts';
import * as operations from './support/operations.ts';
import { pdfsig, qpdfCheck } from './support/pdfsig.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const SIGNATURE = { kind: 'SIGNATURE', page: 1, x: 0.1, y: 0.7, width: 0.3, height: 0.06 };
/** As somebody else sent it: an empty field for the buyer, and their own signature. */
const foreignPdf = async (certify?: 1 | 2) => {
  const pdf = await layOutDocument(await corpusPdf('minimal-document.pdf'), { drawn: [], fields: [{ kind: 'signature', name: 'Buyer', page: 1, rectangle: { x: 0.5, y: 0.8, width: 0.3, height: 0.06 } }] });
  return signPdf(pdf, { signer: sealSigner(await createTestTrust({ now: new Date() })), signedAt: new Date(), ...(certify && { certify }) });
};
const document = (pdf: Uint8Array) => desk.document(pdf, { organizationId: desk.member.organizationId, pages: 1, signed: true, emptySignatureFields: ['Buyer'] });

describe('a document that is signed already', { timeout: 120_000 }, () => {
  test('is only appended to: its own signature stays valid beside those of all signers', async () => {
    const pdf = await foreignPdf();
    const documentId = await document(pdf);
    const envelope = await desk.sent([aRecipient('Hilma', 1, [{ ...SIGNATURE, documentField: 'Buyer' }]), aRecipient('Paulus', 2, [SIGNATURE])], { documentId });
    await desk.allSign(envelope);
    const { sealedDocument, sealing } = await desk.completed(envelope.id);
    expect(sealing).toMatchObject({ signaturesApplied: 2, levelReached: 'B_LTA' });
    const steps = await desk.graph.tools.db.sealingStep.findMany({ where: { envelopeId: envelope.id }, orderBy: { position: 'asc' } });
    expect(steps.map(({ kind }) => kind)).toEqual(['BASE', 'SIGNER', 'SIGNER', 'LTV', 'ARCHIVE']);
    const sealed = await desk.graph.tools.services.files.readAll(desk.member.organizationId, sealedDocument!.sha256);
    expect(Buffer.compare(sealed.subarray(0, pdf.length), pdf)).toBe(0);
    const report = await pdfsig(sealed, `${desk.folder}/trust/test-root.pem`);
    expect(report.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(3);
    expect(report).toMatch(/Signature Field Name: Buyer\n.*Common Name: Hilma/);
    await qpdfCheck(sealed);
  });

  test('takes nothing but signatures, and says so by field', async () => {
    const documentId = await document(await foreignPdf());
    const outcome = await desk.ask(desk.member, operations.CREATE, { documentId, recipients: [aRecipient('Hilma')] });
    expect(outcome).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'recipients.0.fields.1.kind', message: expect.stringContaining('signed already') }, { path: 'recipients.0.fields.1' }] });
  });

  test('that permits no further signature is refused when it is sent, not when all have signed', async () => {
    const documentId = await document(await foreignPdf(1));
    const { id } = await desk.draft([aRecipient('Hilma', 1, [SIGNATURE])], { documentId });
    expect(await desk.ask(desk.member, operations.SEND, { id, idempotencyKey: 'send' })).toMatchObject({ __typename: 'DocumentNotSignableError', message: expect.stringContaining('permits no further changes') });
    expect(await desk.show(id)).toMatchObject({ state: 'CREATED', sealing: null });
  });
});

describe('a document that asks for fields', () => {
  const place = { source: 'TEXT_TAG', name: null, label: null, required: true, page: 1, x: 0.1, y: 0.1, width: 0.3, height: 0.05 } as const;

  test('gives them to the recipients that the sender names', async () => {
    const fields = [{ ...place, kind: 'SIGNATURE', role: 'signer1' }, { ...place, kind: 'TEXT', role: 'signer1', y: 0.3, label: 'Place' }] as const;
    const documentId = await desk.document('minimal-document.pdf', { organizationId: desk.member.organizationId, pages: 1, fields: [...fields] });
    const { recipients } = await desk.draft([aRecipient('Hilma', 1, [])], { documentId, useSuggestedFields: [{ role: 'signer1', recipient: 0 }] });
    expect(recipients[0]!.fields).toMatchObject([{ kind: 'SIGNATURE', page: 1 }, { kind: 'TEXT', page: 1 }]);
    expect(await desk.ask(desk.member, operations.CREATE, { documentId, recipients: [], useSuggestedFields: [{ role: 'signer1', recipient: 0 }] })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'useSuggestedFields.0.recipient' }] });
  });
});
