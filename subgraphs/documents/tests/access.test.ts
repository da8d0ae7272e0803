import { newId, type User } from '@buffrsign/kernel';
import { until } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { documentAccessGranted, documentAccessRevoked } from '../src/events.ts';
import { aMember, startDocuments, type Documents } from './support/documents.ts';
import * as support from './support/envelopes.ts';
import type { TestEnvelope } from './support/envelopes.ts';

let docs: Documents;
let owner: User;
let documentId: string;
beforeAll(async () => {
  docs = await startDocuments();
});
afterAll(() => docs.stop());
beforeEach(async () => {
  owner = aMember();
  ({ id: documentId } = await docs.bring(owner, 'minimal-document.pdf'));
});

const anEnvelope = (of: string = documentId) => support.anEnvelope(docs, owner, of);
const look = (actor: User | TestEnvelope['guest'], id: string = documentId) => support.look(docs, actor, id);
const accesses = (id: string = documentId) => docs.graph.tools.db.documentAccess.findMany({ where: { documentId: id }, orderBy: { id: 'asc' } });

describe('access by hand', () => {
  const GRANT = 'mutation ($document: ID!, $envelope: ID!, $recipient: ID!) { grantDocumentAccess(input: { documentId: $document, envelopeId: $envelope, recipientId: $recipient }) { __typename ... on GrantDocumentAccessSuccess { access { id level recipient { id } grantedBy { id } revokedAt } } } }';
  const REVOKE = 'mutation ($id: ID!) { revokeDocumentAccess(input: { id: $id }) { ... on RevokeDocumentAccessSuccess { access { id revokedAt revokedBy { id } } } } }';
  interface Granted { grantDocumentAccess: { __typename: string; access: { id: string } } }
  const grant = async (document: string, envelope: TestEnvelope, recipient = envelope.first, actor = owner) => (await docs.ask<Granted>(actor, GRANT, { document, envelope: envelope.envelopeId, recipient })).grantDocumentAccess;

  test('lets a recipient read an annex, until the envelope fails', async () => {
    const envelope = anEnvelope();
    await envelope.send();
    const { id: annex } = await docs.bring(owner, 'habibi.pdf');
    expect(await look(envelope.guest, annex)).toBeNull();
    const granted = await grant(annex, envelope);
    expect(granted).toMatchObject({ access: { level: 'READ', recipient: { id: envelope.first }, grantedBy: { id: owner.id }, revokedAt: null } });
    expect(await grant(annex, envelope)).toEqual(granted);
    const told = (await docs.graph.said(documentAccessGranted)).filter(({ subject }) => subject === annex);
    expect(told.map(({ data }) => data)).toEqual([{ documentId: annex, accessId: granted.access.id, envelopeId: envelope.envelopeId, recipientId: envelope.first, grantedById: owner.id }]);
    expect((await look(envelope.guest, annex))?.state).toBe('READY');
    expect(await look(envelope.otherGuest, annex)).toBeNull();
    await envelope.void();
    expect(await look(envelope.guest, annex)).toBeNull();
  });

  test('is taken from one recipient and given back; what was is kept', async () => {
    const envelope = anEnvelope();
    await envelope.send();
    const { document } = await docs.ask<{ document: { accesses: { edges: { node: { id: string; recipient: { id: string } } }[] } } }>(owner, 'query ($id: ID!) { document(id: $id) { accesses { edges { node { id recipient { id } envelope { id } } } } } }', { id: documentId });
    const { id } = document.accesses.edges.find(({ node }) => node.recipient.id === envelope.first)!.node;
    const revoked = await docs.ask(owner, REVOKE, { id });
    expect(revoked).toMatchObject({ revokeDocumentAccess: { access: { id, revokedBy: { id: owner.id } } } });
    expect(await docs.ask(owner, REVOKE, { id })).toEqual(revoked);
    const told = (await docs.graph.said(documentAccessRevoked)).filter(({ subject }) => subject === documentId);
    expect(told.map(({ data }) => data)).toEqual([{ documentId, accessId: id, envelopeId: envelope.envelopeId, recipientId: envelope.first, revokedById: owner.id }]);
    expect(await look(envelope.guest)).toBeNull();
    expect(await look(envelope.otherGuest)).not.toBeNull();

    await grant(documentId, envelope);
    expect(await look(envelope.guest)).not.toBeNull();
    expect(await accesses()).toHaveLength(3);
  });

  test('is given once by two who give it at once', async () => {
    const envelope = anEnvelope();
    await envelope.send();
    const { id: annex } = await docs.bring(owner, 'habibi.pdf');
    const [one, other] = await Promise.all([grant(annex, envelope), grant(annex, envelope)]);
    expect(one.access.id).toBe(other.access.id);
    expect(await accesses(annex)).toHaveLength(1);
  });

  test('given while the envelope is voided ends with it', async () => {
    const { db } = docs.graph.tools;
    const envelope = anEnvelope();
    await envelope.send();
    const { id: annex } = await docs.bring(owner, 'habibi.pdf');
    const acts = await db.$transaction(
      async (tx) => {
        const waiting = async (): Promise<number> => {
          await tx.$queryRaw`select pg_stat_clear_snapshot()::text`;
          const [row] = await tx.$queryRaw<{ count: number }[]>`select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
          return row!.count;
        };
        // Stops the granting between its questions and its writing, which needs the document.
        await tx.$queryRaw`select 1 as held from "Document" where id = ${annex} for update`;
        const granting = grant(annex, envelope);
        await until('the granting to stop', async () => (await waiting()) === 1);
        const voiding = envelope.void();
        const isVoided = async () => (await tx.envelopeUse.findUniqueOrThrow({ where: { envelopeId: envelope.envelopeId } })).state === 'VOIDED';
        await until('the voiding to wait for it, or to overtake it', async () => (await waiting()) === 2 || isVoided());
        return { granting, voiding };
      },
      { timeout: 20_000 },
    );
    await Promise.all([acts.granting, acts.voiding]);
    expect(await look(envelope.guest, annex)).toBeNull();
  });

  test('is refused for people and envelopes that are not there, and for documents that cannot be read', async () => {
    const [envelope, over] = [anEnvelope(), anEnvelope()];
    await envelope.send();
    await over.send();
    await over.void();
    const { document } = await docs.create(owner);
    expect(await grant(documentId, envelope, newId('rcp'))).toMatchObject({ __typename: 'RecipientNotReachableError' });
    expect(await grant(documentId, over)).toMatchObject({ __typename: 'RecipientNotReachableError' });
    expect(await grant(document.id, envelope)).toMatchObject({ __typename: 'DocumentUnavailableError' });
    const stranger = aMember();
    const { id: foreign } = await docs.bring(stranger, 'habibi.pdf');
    expect(await grant(foreign, envelope, envelope.first, stranger)).toMatchObject({ __typename: 'RecipientNotReachableError' });
  });

  test('of another organization cannot be ended', async () => {
    await anEnvelope().send();
    const [access] = await accesses();
    const revoked = await docs.graph.as(aMember())(REVOKE, { id: access!.id });
    expect(revoked.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(await accesses()).toMatchObject([{ revokedAt: null }, { revokedAt: null }]);
  });
});
