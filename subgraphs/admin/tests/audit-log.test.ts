import { memberChanged, memberInvited, memberJoined, memberLeft, organizationCreated } from '@buffrsign/auth/events';
import { documentDeleted, documentReady, documentRefused, documentVersionAdded } from '@buffrsign/documents/events';
import { aStranger, aUser, startTestSubgraph } from '@buffrsign/kernel/testing';
import { envelopeCompleted, envelopeDeclined, envelopeSent, envelopeVoided, recipientCompleted, recipientDeclined, recipientDelivered, recipientSent } from '@buffrsign/signatures/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handlers } from '../src/handlers/index.ts';
import { admin } from '../src/subgraph.ts';

const reader = aUser(['audit:read']);
const { organizationId } = reader;
const start = () => startTestSubgraph(admin);
let graph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await start();
  for (const [event, subject, data] of facts) await graph.tellAgain(await graph.tell(event, { subject, organizationId }, data as never));
});
afterAll(() => graph.stop());

const moment = '2026-03-02T08:00:00.000Z';
const envelope = { envelopeId: 'env_1', title: 'Lease', documentId: 'doc_1', senderId: 'usr_1' };
const recipient = { recipientId: 'rcp_1', name: 'Ndapewa', email: 'ndapewa@example.na', routingOrder: 1 };
const recipients = [recipient];

const facts = [
  [organizationCreated, organizationId, { organizationId, name: 'Kalahari Legal' }],
  [memberJoined, 'usr_1', { userId: 'usr_1', name: 'Tangeni', email: 't@example.na', role: 'OWNER' }],
  [memberInvited, 'inv_1', { invitationId: 'inv_1', email: 'm@example.na', role: 'MEMBER', organizationName: 'Kalahari Legal', invitedBy: 'usr_1', sealedToken: 'SEALED', expiresAt: moment }],
  [memberChanged, 'usr_2', { userId: 'usr_2', name: 'Maria', email: 'm@example.na', role: 'MANAGER', status: 'SUSPENDED' }],
  [memberLeft, 'usr_2', { userId: 'usr_2' }],
  [documentReady, 'doc_1', { documentId: 'doc_1', versionId: 'ver_1', title: 'Lease', sha256: 'a', textSha256: 'b', size: 1, pages: [], uploadedBy: 'usr_1' }],
  [documentRefused, 'doc_2', { documentId: 'doc_2', title: 'Cat', refusal: 'NOT_A_PDF', message: 'This is not a PDF.', uploadedBy: 'usr_1' }],
  [documentVersionAdded, 'doc_1', { documentId: 'doc_1', versionId: 'ver_2', kind: 'SEALED', sha256: 'c', size: 1, envelopeId: 'env_1' }],
  [documentDeleted, 'doc_2', { documentId: 'doc_2', deletedBy: 'usr_1' }],
  [envelopeSent, 'env_1', { ...envelope, recipients, sentAt: moment, expiresAt: moment }],
  [recipientSent, 'env_1', { ...envelope, ...recipient, message: null, sealedLink: 'SEALED', expiresAt: moment }],
  [recipientDelivered, 'env_1', { ...envelope, ...recipient, deliveredAt: moment }],
  [recipientCompleted, 'env_1', { ...envelope, ...recipient, remaining: 0, completedAt: moment }],
  [recipientDeclined, 'env_1', { ...envelope, ...recipient, reason: 'Too dear.', declinedAt: moment }],
  [envelopeCompleted, 'env_1', { ...envelope, recipients, sha256: 'c', size: 1, completedAt: moment }],
  [envelopeDeclined, 'env_1', { ...envelope, recipients, declinedBy: 'rcp_1', reason: 'Too dear.', declinedAt: moment }],
  [envelopeVoided, 'env_1', { ...envelope, recipients, reason: 'Wrong lease.', expired: false, voidedAt: moment }],
] as const;

interface Log {
  readonly auditLog: { readonly edges: readonly { readonly node: { readonly id: string; readonly type: string; readonly summary: string } }[] };
}
const read = async (filter: object = {}, actor = reader) => {
  const { data, errors } = await graph.as(actor)<Log>('query ($filter: AuditLogFilter) { auditLog(first: 100, filter: $filter) { edges { node { id type summary subject actorName actor { id } document { id } envelope { id } } } } }', { filter });
  expect(errors).toBeUndefined();
  return data!.auditLog.edges.map(({ node }) => node);
};

describe('the audit log', () => {
  test('holds every fact that it listens to once, though each came twice', async () => {
    const types = (await read()).map(({ type }) => type).reverse();
    expect(types).toEqual(facts.map(([event]) => event.name));
    expect([...types].sort()).toEqual(handlers.map(({ event }) => event.name).sort());
  });

  test('says who did what to which thing, by account or by name', async () => {
    expect(await read({ type: 'signatures.envelope-sent.v1' })).toMatchObject([{ summary: 'The envelope “Lease” was sent to Ndapewa.', actor: { id: 'usr_1' }, actorName: null, envelope: { id: 'env_1' }, document: null }]);
    expect(await read({ type: 'signatures.recipient-completed.v1' })).toMatchObject([{ summary: 'Ndapewa signed “Lease”.', actor: null, actorName: 'Ndapewa' }]);
    expect(await read({ type: 'documents.document-deleted.v1' })).toMatchObject([{ actor: { id: 'usr_1' }, document: { id: 'doc_2' }, envelope: null }]);
  });

  test('is filtered by what it happened to, who did it and when', async () => {
    expect((await read({ subject: 'doc_2' })).map(({ type }) => type)).toEqual(['documents.document-deleted.v1', 'documents.document-refused.v1']);
    expect(await read({ actorId: 'usr_1', subject: 'env_1' })).toHaveLength(2);
    expect(await read({ since: '2999-01-01T00:00:00.000Z' })).toEqual([]);
    expect(await read({ until: '2999-01-01T00:00:00.000Z' })).toHaveLength(facts.length);
  });

  test('holds nothing that opens a door', async () => {
    expect(JSON.stringify(await graph.tools.db.auditLogEntry.findMany())).not.toContain('SEALED');
  });

  test('cannot be changed, shortened or emptied, not even with the database at hand', async () => {
    const { db } = graph.tools;
    await expect(db.auditLogEntry.updateMany({ data: { summary: 'Nothing happened.' } })).rejects.toThrow(/append-only/);
    await expect(db.auditLogEntry.deleteMany()).rejects.toThrow(/append-only/);
    await expect(db.$executeRaw`truncate "AuditLogEntry"`).rejects.toThrow(/append-only/);
    expect(await db.auditLogEntry.count()).toBe(facts.length);
  });

  test('is not there for a member of another organization, nor for a token without the scope', async () => {
    const stranger = aStranger(['audit:read']);
    const [{ id } = { id: '' }] = await read();
    expect(await read({}, stranger)).toEqual([]);
    const seen = await graph.as(stranger)('query ($id: ID!, $r: [_Any!]!) { auditLogEntry(id: $id) { id } _entities(representations: $r) { ... on AuditLogEntry { id } } }', { id, r: [{ __typename: 'AuditLogEntry', id }] });
    expect(seen).toEqual({ data: { auditLogEntry: null, _entities: [null] } });
    expect((await graph.as(aUser([], { organizationId }))('{ auditLog { edges { cursor } } }')).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  test('costs one query however many entries are referred to', async () => {
    const ids = (await read()).map(({ id }) => id);
    const ask = () => graph.as(reader)<{ _entities: { id: string }[] }>('query ($r: [_Any!]!) { _entities(representations: $r) { ... on AuditLogEntry { id summary actor { id } } } }', { r: ids.map((id) => ({ __typename: 'AuditLogEntry', id })) });
    expect(await graph.countQueries(ask)).toBe(1);
    expect((await ask()).data!._entities.map(({ id }) => id)).toEqual(ids);
  });
});
