import { aUser } from '@buffrsign/kernel/testing';
import { documentDeleted } from '@buffrsign/documents/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envelopeSent } from '../src/events.ts';
import { aRecipient, memberScopes, startDesk, type Desk } from './support/desk.ts';
import * as operations from './support/operations.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

describe('a draft', () => {
  test('takes the title of its document unless it has one of its own', async () => {
    expect(await desk.draft()).toMatchObject({ title: 'Lease', state: 'CREATED' });
    expect(await desk.draft([], { title: 'Lease of Erf 12' })).toMatchObject({ title: 'Lease of Erf 12' });
  });

  test('is refused for a document that is not there, is another organization’s or was deleted', async () => {
    const foreign = await desk.document('minimal-document.pdf', { organizationId: 'org_other', pages: 1 });
    const deleted = await desk.document();
    await desk.graph.tell(documentDeleted, { subject: deleted, organizationId: desk.member.organizationId }, { documentId: deleted, deletedBy: desk.member.id });
    for (const documentId of ['doc_none', foreign, deleted]) {
      expect(await desk.ask(desk.member, operations.CREATE, { documentId })).toMatchObject({ __typename: 'DocumentNotReadyError' });
    }
  });

  test('has no field on a page that the document does not have', async () => {
    const documentId = await desk.document('minimal-document.pdf', { organizationId: desk.member.organizationId, pages: 1 });
    const recipient = aRecipient('Ndapewa', 1, [{ kind: 'SIGNATURE', page: 2, x: 0.1, y: 0.1, width: 0.2, height: 0.1 }]);
    const outcome = await desk.ask(desk.member, operations.CREATE, { documentId, recipients: [recipient] });
    expect(outcome).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'recipients.0.fields.0.page' }] });
  });

  test('is changed in the parts that are given, and keeps the others', async () => {
    const { id, recipients } = await desk.draft([aRecipient('Ndapewa')], { message: 'Please sign.' });
    const changed = await desk.ask(desk.member, operations.UPDATE, { id, title: 'Second lease' });
    expect(changed.envelope).toMatchObject({ title: 'Second lease', message: 'Please sign.', recipients });
    const replaced = await desk.ask(desk.member, operations.UPDATE, { id, message: null, recipients: [aRecipient('Tangeni'), aRecipient('Selma', 2)] });
    expect(replaced.envelope).toMatchObject({ message: null, recipients: [{ name: 'Tangeni' }, { name: 'Selma' }] });
  });

  test('is not moved to a document that is too short for its fields', async () => {
    const { id } = await desk.draft([aRecipient('Ndapewa', 1, [{ kind: 'SIGNATURE', page: 4, x: 0.1, y: 0.1, width: 0.2, height: 0.1 }])]);
    const documentId = await desk.document('minimal-document.pdf', { organizationId: desk.member.organizationId, pages: 1 });
    expect(await desk.ask(desk.member, operations.UPDATE, { id, documentId })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'documentId' }] });
    expect(await desk.ask(desk.member, operations.UPDATE, { id, documentId, recipients: [aRecipient('Ndapewa')] })).toMatchObject({ __typename: 'UpdateEnvelopeSuccess' });
  });

  test('is gone when it was deleted', async () => {
    const { id } = await desk.draft();
    expect(await desk.ask(desk.member, operations.DELETE, { id })).toMatchObject({ __typename: 'DeleteDraftSuccess', deletedId: id });
    expect((await desk.graph.as(desk.member)(operations.SHOW, { id })).data).toEqual({ envelope: null });
  });

  test('cannot be changed, deleted or sent once it was sent', async () => {
    const { id } = await desk.sent();
    const refused = { __typename: 'EnvelopeNotDraftError', state: 'SENT' };
    expect(await desk.ask(desk.member, operations.UPDATE, { id, title: 'Other' })).toMatchObject(refused);
    expect(await desk.ask(desk.member, operations.DELETE, { id })).toMatchObject(refused);
    expect(await desk.ask(desk.member, operations.SEND, { id, idempotencyKey: 'another' })).toMatchObject(refused);
  });
});

describe('sending', () => {
  test('is refused until every recipient has a field for a signature, and may then be done with the same key', async () => {
    const { id } = await desk.draft([aRecipient('Ndapewa', 1, [])]);
    const input = { id, idempotencyKey: 'the same' };
    expect(await desk.ask(desk.member, operations.SEND, input)).toMatchObject({ __typename: 'EnvelopeIncompleteError', missing: ['Ndapewa has no field for a signature.'] });
    await desk.ask(desk.member, operations.UPDATE, { id, recipients: [aRecipient('Ndapewa')] });
    expect(await desk.ask(desk.member, operations.SEND, input)).toMatchObject({ __typename: 'SendEnvelopeSuccess' });
  });

  test('is done once, however often it is asked for with one key', async () => {
    const { id } = await desk.draft();
    const input = { id, idempotencyKey: 'once' };
    const outcomes = await Promise.all([1, 2, 3].map(() => desk.ask(desk.member, operations.SEND, input)));
    expect(outcomes.map(({ __typename }) => __typename)).toEqual(Array(3).fill('SendEnvelopeSuccess'));
    expect((await desk.graph.said(envelopeSent)).filter((fact) => fact.subject === id)).toHaveLength(1);
  });

  test('is refused when the key was used for another envelope', async () => {
    const [one, other] = [await desk.draft(), await desk.draft()];
    await desk.ask(desk.member, operations.SEND, { id: one.id, idempotencyKey: 'used' });
    const { errors } = await desk.graph.as(desk.member)(operations.SEND, { input: { id: other.id, idempotencyKey: 'used' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('is refused when the document is gone since', async () => {
    const documentId = await desk.document();
    const { id } = await desk.draft([aRecipient('Ndapewa')], { documentId });
    await desk.graph.tell(documentDeleted, { subject: documentId, organizationId: desk.member.organizationId }, { documentId, deletedBy: desk.member.id });
    expect(await desk.ask(desk.member, operations.SEND, { id, idempotencyKey: 'x' })).toMatchObject({ __typename: 'DocumentNotReadyError' });
  });

  test('is refused when the file of the document is not in the store', async () => {
    const documentId = await desk.document('multicolumn.pdf');
    const { id } = await desk.draft([aRecipient('Ndapewa')], { documentId });
    const { sha256 } = await desk.graph.tools.db.documentCopy.findUniqueOrThrow({ where: { id: documentId } });
    await desk.graph.tools.services.files.delete(desk.member.organizationId, sha256);
    expect(await desk.ask(desk.member, operations.SEND, { id, idempotencyKey: 'x' })).toMatchObject({ __typename: 'DocumentNotReadyError' });
  });
});

test('a list shows the envelopes of the organization, newest first, page by page and by state', async () => {
  const member = aUser(memberScopes);
  const documentId = await desk.document('pdflatex-4-pages.pdf', { organizationId: member.organizationId });
  const titles = ['One', 'Two', 'Three'];
  for (const title of titles) await desk.ask(member, operations.CREATE, { documentId, title });
  const list = (args: string) => desk.graph.as(member)<{ envelopes: { edges: { node: { title: string } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(`{ envelopes(${args}) { edges { node { title } } pageInfo { endCursor hasNextPage } } }`);
  const first = (await list('first: 2')).data!.envelopes;
  expect(first).toMatchObject({ edges: [{ node: { title: 'Three' } }, { node: { title: 'Two' } }], pageInfo: { hasNextPage: true } });
  const second = (await list(`first: 2, after: "${first.pageInfo.endCursor}"`)).data!.envelopes;
  expect(second).toMatchObject({ edges: [{ node: { title: 'One' } }], pageInfo: { hasNextPage: false } });
  expect((await list('states: [SENT, COMPLETED]')).data!.envelopes.edges).toEqual([]);
});
