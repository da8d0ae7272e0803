import { anonymous } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envelopeCompleted, envelopeSent, recipientCompleted, recipientDelivered, recipientSent, sealingProgressed } from '../src/events.ts';
import { aRecipient, startDesk, type Desk } from './support/desk.ts';
import * as operations from './support/operations.ts';
import { pdfsig, qpdfCheck } from './support/pdfsig.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

describe('an envelope', { timeout: 120_000 }, () => {
  test('goes from draft over every recipient in routing order to a sealed PDF whose signature is valid', async () => {
    const { id, recipients } = await desk.sent([aRecipient('Ndapewa Shilongo', 1), aRecipient('Tangeni Iipinge', 2)]);
    const [first, second] = recipients;
    expect(recipients.map(({ state }) => state)).toEqual(['SENT', 'CREATED']);

    expect(await desk.sign(await desk.enter(first!.id))).toMatchObject({ __typename: 'SignEnvelopeSuccess', envelope: { state: 'SENT' }, recipient: { state: 'COMPLETED' } });
    expect((await desk.show(id)).recipients[1]).toMatchObject({ state: 'SENT' });
    const guest = await desk.enter(second!.id);
    expect(await desk.show(id)).toMatchObject({ state: 'DELIVERED' });
    const last = await desk.sign(guest);
    // It may be further on by the time the answer is read.
    expect(['SIGNED', 'COMPLETED']).toContain(last.envelope!.state);
    expect(last.envelope!.sealing).not.toBeNull();

    const done = await desk.completed(id);
    expect(done.sealing).toMatchObject({ state: 'SEALED', reason: null, signaturesApplied: 2, signaturesExpected: 2, levelReached: 'B_LTA' });
    const sealed = await desk.graph.tools.services.files.readAll(desk.member.organizationId, done.sealedDocument!.sha256);
    expect(sealed).toHaveLength(done.sealedDocument!.size);
    const report = await pdfsig(sealed, `${desk.folder}/trust/test-root.pem`);
    // Two signers and the platform. Of the timestamp over all pdfsig says that it cannot check such signatures.
    expect(report.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(3);
    expect(report.match(/Certificate Validation: Certificate is Trusted\./g)).toHaveLength(3);
    expect([...report.matchAll(/Signer Certificate Common Name: (.+)/g)].map(([, name]) => name)).toEqual(expect.arrayContaining(['Ndapewa Shilongo', 'Tangeni Iipinge', 'BuffrSign TEST Platform Seal (not for real use)']));
    await qpdfCheck(sealed);
  });

  test('says each of its steps once', async () => {
    const { id, recipients } = await desk.sent([aRecipient('Hilma'), aRecipient('Paulus')]);
    await desk.allSign({ recipients } as never);
    await desk.completed(id);
    const count = async (event: Parameters<typeof desk.graph.said>[0]) => (await desk.graph.said(event)).filter((fact) => fact.subject === id).length;
    expect([await count(envelopeSent), await count(recipientSent), await count(recipientDelivered), await count(recipientCompleted), await count(envelopeCompleted)]).toEqual([1, 2, 2, 2, 1]);
    const sealing = (await desk.graph.said(sealingProgressed)).filter((fact) => fact.subject === id).map(({ data }) => data.state);
    expect(sealing).toEqual(['PREPARING', 'STAMPING', 'SIGNING', 'SIGNING', 'SIGNING', 'TIMESTAMPING', 'SEALED']);
  });

  test('asks recipients of one routing order at the same time', async () => {
    const { recipients } = await desk.sent([aRecipient('A', 1), aRecipient('B', 1), aRecipient('C', 2)]);
    expect(recipients.map(({ state }) => state)).toEqual(['SENT', 'SENT', 'CREATED']);
    await desk.sign(await desk.enter(recipients[1]!.id));
    const guest = await desk.enter(recipients[0]!.id);
    expect((await desk.show(guest.resourceId)).recipients[2]).toMatchObject({ state: 'CREATED' });
    await desk.sign(guest);
    expect((await desk.show(guest.resourceId)).recipients[2]).toMatchObject({ state: 'SENT' });
  });

  test('keeps what was agreed to and filled in as evidence', async () => {
    const place = { page: 2, x: 0.1, y: 0.1, width: 0.3, height: 0.05 };
    const { id, recipients } = await desk.sent([aRecipient('Selma', 1, [{ ...place, kind: 'SIGNATURE' }, { ...place, kind: 'TEXT', y: 0.3 }, { ...place, kind: 'CHECKBOX', y: 0.5 }, { ...place, kind: 'DATE_SIGNED', y: 0.6 }])]);
    const guest = await desk.enter(recipients[0]!.id);
    const [signature, text, box] = recipients[0]!.fields;
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    await desk.sign(guest, { values: [{ fieldId: signature!.id, png }, { fieldId: text!.id, text: 'Ongwediva' }, { fieldId: box!.id, checked: true }] });
    const { fields, recipients: after, consentText } = (await desk.completed(id)) as never as Record<string, never>;
    expect(fields).toMatchObject([
      { value: { text: null, drawingSha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      { value: { text: 'Ongwediva' } },
      { value: { checked: true } },
      { value: { text: expect.stringMatching(/^\d{4}-\d\d-\d\d UTC$/) } },
    ]);
    expect(after).toMatchObject([{ consent: { textSha256: expect.stringMatching(/^[0-9a-f]{64}$/) } }]);
    expect(consentText).toContain('I agree to sign it electronically');
  });

  test('keeps from where each act came and by which certificate it is signed, for the sender and the signer alone', async () => {
    const { id, recipients } = await desk.sent([aRecipient('Hilma'), aRecipient('Paulus')]);
    const client = { ip: '196.44.140.7', userAgent: 'Browser/1.0' };
    const token = await desk.token(recipients[0]!.id);
    await desk.ask(anonymous, operations.OPEN, { token }, { ip: '196.44.140.6', userAgent: 'Phone/1.0' });
    const guest = { kind: 'guest', id: recipients[0]!.id, organizationId: desk.member.organizationId, resourceId: id, scopes: ['envelope:sign'] } as const;
    const values = recipients[0]!.fields.filter(({ kind }) => kind === 'SIGNATURE').map((field) => ({ fieldId: field.id, text: 'Hilma' }));
    await desk.ask(guest, operations.SIGN, { consent: true, values, idempotencyKey: 'sign' }, client);
    const other = await desk.enter(recipients[1]!.id);
    await desk.sign(other);
    await desk.completed(id);

    expect(await desk.graph.tools.db.recipient.findUnique({ where: { id: guest.id } })).toMatchObject({ openedIp: '196.44.140.6', openedUserAgent: 'Phone/1.0', signedIp: client.ip, signedUserAgent: client.userAgent });
    const signatureAs = async (actor: typeof desk.member | typeof guest | typeof other) =>
      (await desk.graph.as(actor)<{ envelope: { recipients: { signature: object }[] } }>(operations.SIGNATURES, { id })).data!.envelope.recipients[0]!.signature;
    const shown = { identification: 'SIGNING_LINK_BY_EMAIL', level: 'B_T', timestampAuthority: expect.stringContaining('TEST'), timestampedAt: expect.any(String), appliedAt: expect.any(String) };
    const certificate = { subject: expect.stringContaining('CN=Hilma'), serialNumber: expect.stringMatching(/^[0-9A-F]+$/), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(await signatureAs(desk.member)).toMatchObject({ ...shown, ...client, certificate });
    expect(await signatureAs(guest)).toMatchObject({ ...shown, ...client, certificate });
    expect(await signatureAs(other)).toMatchObject({ ...shown, ip: null, userAgent: null, certificate: null });

    const about = async <Definition extends Parameters<typeof desk.graph.said>[0]>(event: Definition) => (await desk.graph.said(event)).find((fact) => fact.subject === id)!.data;
    expect(await about(recipientDelivered)).toMatchObject({ ip: '196.44.140.6', userAgent: 'Phone/1.0', identification: 'SIGNING_LINK_BY_EMAIL' });
    expect(await about(recipientCompleted)).toMatchObject({ ...client, identification: 'SIGNING_LINK_BY_EMAIL', consentTextSha256: expect.stringMatching(/^[0-9a-f]{64}$/), consentedAt: expect.any(String) });
    expect(await about(envelopeCompleted)).toMatchObject({ level: 'B-LTA', documentSha256: expect.any(String), originalSha256: expect.any(String), signatures: [{ recipientId: guest.id, certificateSerial: expect.any(String) }, { recipientId: other.id }] });
  });

  test('lets its recipient in again to read when all have signed', async () => {
    const { id, recipients } = await desk.sent();
    await desk.allSign({ recipients } as never);
    await desk.completed(id);
    const guest = await desk.enter(recipients[0]!.id);
    expect(await desk.show(id, guest)).toMatchObject({ state: 'COMPLETED', sealedDocument: { sha256: expect.any(String) } });
    expect(await desk.sign(guest, { idempotencyKey: 'again' })).toMatchObject({ __typename: 'AlreadySignedError' });
  });
});

describe('real documents', { timeout: 120_000 }, () => {
  test.each(['minimal-document.pdf', 'multicolumn.pdf', 'google-doc-document.pdf', 'habibi.pdf', 'habibi-rotated.pdf', 'pdflatex-forms.pdf', 'libreoffice-form.pdf', 'crazyones-pdfa.pdf', 'with-attachment.pdf', 'annotated_pdf.pdf'])('are sealed with a valid signature: %s', async (name) => {
    const documentId = await desk.document(name, { organizationId: desk.member.organizationId, pages: 1 });
    const envelope = await desk.sent([aRecipient('Ndapewa')], { documentId });
    await desk.allSign(envelope);
    const { sealedDocument } = await desk.completed(envelope.id);
    const sealed = await desk.graph.tools.services.files.readAll(desk.member.organizationId, sealedDocument!.sha256);
    const report = await pdfsig(sealed, `${desk.folder}/trust/test-root.pem`);
    expect(report.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(2);
    expect(report.match(/Certificate Validation: Certificate is Trusted\./g)).toHaveLength(2);
  });
});

describe('a guest token', () => {
  test('is issued for one envelope and one hour, and verifies with the published keys', async () => {
    const { createTokenVerifier } = await import('@buffrsign/kernel/gateway');
    const { id, recipients } = await desk.sent();
    const outcome = await desk.ask(anonymous, operations.OPEN, { token: await desk.token(recipients[0]!.id) });
    const verify = createTokenVerifier([{ issuer: 'signatures', kind: 'guest', jwksUrl: `${desk.graph.url}/.well-known/jwks.json` }], () => new Date());
    const verified = await verify(outcome.accessToken!);
    expect(verified?.actor).toEqual({ kind: 'guest', id: recipients[0]!.id, organizationId: desk.member.organizationId, resourceId: id, scopes: ['envelope:sign'] });
  });
});
