import { memberChanged, memberJoined, memberLeft } from '@buffrsign/auth/events';
import { documentDeleted, documentReady } from '@buffrsign/documents/events';
import { newId, type User } from '@buffrsign/kernel';
import { aUser } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envelopeVoided } from '../src/events.ts';
import { keepMember } from '../src/use-cases/index.ts';
import { aRecipient, memberScopes, startDesk, type Desk } from './support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const awaiting = async (actor: User) => {
  const { data } = await desk.graph.as(actor)<{ envelopesAwaitingMe: { edges: { node: { id: string } }[] } }>('{ envelopesAwaitingMe { edges { node { id } } } }');
  return data!.envelopesAwaitingMe.edges.map(({ node }) => node.id);
};

describe('a document', { timeout: 120_000 }, () => {
  const about = () => ({ subject: 'doc_told', organizationId: desk.member.organizationId });
  const ready = { documentId: 'doc_told', versionId: 'ver_1', title: 'Lease', sha256: 'a'.repeat(64), textSha256: 'b'.repeat(64), size: 10, pages: [{ number: 1, width: 595, height: 842 }], uploadedBy: 'usr_1' };

  test('is known once, and stays deleted whatever is told again', async () => {
    const fact = await desk.graph.tell(documentReady, about(), ready);
    const gone = await desk.graph.tell(documentDeleted, about(), { documentId: 'doc_told', deletedBy: 'usr_1' });
    const { deletedAt } = await desk.graph.tools.db.documentCopy.findUniqueOrThrow({ where: { id: 'doc_told' } });
    expect(deletedAt).not.toBeNull();
    await desk.graph.tellAgain(fact);
    await desk.graph.tellAgain(gone);
    await desk.graph.tell(documentReady, { ...about(), id: newId('evt') }, { ...ready, title: 'Lease, again' });
    expect(await desk.graph.tools.db.documentCopy.findUnique({ where: { id: 'doc_told' } })).toMatchObject({ title: 'Lease, again', deletedAt });
  });

  test('that is deleted takes its open envelopes with it, once, and leaves those that all have signed', async () => {
    const documentId = await desk.document('multicolumn.pdf', { organizationId: desk.member.organizationId, pages: 1 });
    const open = await desk.sent([aRecipient('A')], { documentId });
    const done = await desk.sent([aRecipient('A')], { documentId });
    await desk.allSign(done);
    await desk.completed(done.id);
    const fact = await desk.graph.tell(documentDeleted, { subject: documentId, organizationId: desk.member.organizationId }, { documentId, deletedBy: desk.member.id });
    await desk.graph.tellAgain(fact);
    expect(await desk.show(open.id)).toMatchObject({ state: 'VOIDED', endReason: 'The document was deleted.' });
    expect(await desk.show(done.id)).toMatchObject({ state: 'COMPLETED' });
    expect((await desk.graph.said(envelopeVoided)).filter((said) => said.subject === open.id)).toHaveLength(1);
  });
});

describe('a member', () => {
  const person = { name: 'Hilma Nangolo', email: 'Hilma@Example.na', role: 'OWNER' };

  test('finds the envelopes of their organization that wait for their signature', async () => {
    const about = { subject: desk.member.id, organizationId: desk.member.organizationId };
    expect(await awaiting(desk.member)).toEqual([]);
    const fact = await desk.graph.tell(memberJoined, about, { ...person, userId: desk.member.id });
    await desk.graph.tellAgain(fact);
    const mine = await desk.sent([{ ...aRecipient('Hilma Nangolo', 2), email: 'hilma@example.na' }, aRecipient('First', 1)]);
    await desk.draft([{ ...aRecipient('Hilma Nangolo'), email: 'hilma@example.na' }]);
    expect(await awaiting(desk.member)).toEqual([]);
    await desk.sign(await desk.enter(mine.recipients[0]!.id));
    expect(await awaiting(desk.member)).toEqual([mine.id]);
    await desk.sign(await desk.enter(mine.recipients[1]!.id));
    expect(await awaiting(desk.member)).toEqual([]);
  });

  test('gives their name to the envelopes that they send, also to guests, also when they left', async () => {
    const about = { subject: desk.member.id, organizationId: desk.member.organizationId };
    await desk.graph.tell(memberChanged, about, { ...person, name: 'Hilma N. Nangolo', userId: desk.member.id, status: 'ACTIVE' });
    const left = await desk.graph.tell(memberLeft, about, { userId: desk.member.id });
    await desk.graph.tellAgain(left);
    const { recipients, id } = await desk.sent();
    expect(await desk.show(id, await desk.enter(recipients[0]!.id))).toMatchObject({ senderName: 'Hilma N. Nangolo' });
    await desk.sent([{ ...aRecipient('Hilma'), email: 'hilma@example.na' }]);
    expect(await awaiting(desk.member)).toEqual([]);
  });

  test('is as was said last, in whatever order it is heard', async () => {
    const user = aUser(memberScopes);
    const said = { organizationId: user.organizationId, userId: user.id, active: true };
    const keep = (name: string, saidAt: string) => desk.graph.tools.transaction((tx) => keepMember({ ...tx, services: desk.graph.tools.services, log: desk.graph.tools.log }, { ...said, name, email: 'a@example.na', saidAt: new Date(saidAt) }));
    await keep('New', '2026-03-02T00:00:00Z');
    await keep('Old', '2026-03-01T00:00:00Z');
    const found = await desk.graph.tools.db.memberCopy.findUnique({ where: { organizationId_userId: { organizationId: user.organizationId, userId: user.id } } });
    expect(found).toMatchObject({ name: 'New' });
  });
});
