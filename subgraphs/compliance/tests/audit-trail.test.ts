import * as auth from '@buffrsign/auth/events';
import * as documents from '@buffrsign/documents/events';
import { newId } from '@buffrsign/kernel';
import { aUser } from '@buffrsign/kernel/testing';
import * as signatures from '@buffrsign/signatures/events';
import { createMerkleTree, hashLeaf, parseCheckpoint, verifyConsistency } from '@buffrsign/transparency';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { divideFields } from '../src/domain/audit/field-rule.ts';
import { auditPersonalDataErased } from '../src/events.ts';
import { auditedFacts } from '../src/handlers/audited-facts.ts';
import { appendEvent, checkpointTrail, checkpointTrails } from '../src/use-cases/index.ts';
import { complianceUnderTest, member } from './compliance.ts';
import { contentOf, ERASE, trailReader } from './trail.ts';

const { graph, refusal, run, tellCompleted, tellSent } = complianceUnderTest();
const trailOf = trailReader(run);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Facts of the three that are no evidence, and why. */
const notEvidence: Readonly<Record<string, string>> = {
  'signatures.sealing-progressed.v1': 'how far the machinery is; its outcome is in envelope-completed',
  'auth.password-reset-requested.v1': 'asked for by anybody, shows nothing',
  'auth.email-verification-requested.v1': 'a letter, not an act',
};

describe('the audit trail', () => {
  test('takes in every fact of signatures, documents and auth, or it is said here why not', () => {
    const told = [signatures, documents, auth].flatMap((events) => Object.values(events)).map(({ name }) => name);
    expect([...auditedFacts.map(({ event }) => event.name), ...Object.keys(notEvidence)].sort()).toEqual(told.sort());
  });

  test('holds each fact once, numbered without a gap and chained, however often it is told', async () => {
    const actor = member();
    const { envelopeId, facts, recipientId } = await tellCompleted(actor);
    for (const fact of facts) await graph().tellAgain(fact);
    const trail = await trailOf(actor);
    expect(trail.map(({ kind }) => kind)).toEqual(facts.map(({ type }) => type));
    expect(trail.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4]);
    trail.forEach((entry, index) => {
      expect(entry.hash).toBe(sha256(entry.content));
      expect(contentOf(entry)).toMatchObject({ sequence: index, previous: trail[index - 1]?.hash ?? null, factId: facts[index]!.id, thread: { id: envelopeId, number: index, previous: trail[index - 1]?.hash ?? null }, ends: index === 4 });
    });
    expect(trail[3]).toMatchObject({ envelope: { id: envelopeId }, recipient: { id: recipientId }, user: { id: 'usr_1' }, document: { id: 'doc_1' } });
    expect(contentOf(trail[4]!).files).toEqual([{ role: 'SEALED', sha256: 'a'.repeat(64) }]);
  });

  test('hashes ids, times and digests in the open, commits to what is personal, and holds no secret at all', async () => {
    const actor = member();
    const { recipientId, envelopeId } = await tellCompleted(actor);
    const [sent, asked] = await trailOf(actor);
    for (const { content } of [sent!, asked!]) expect(content).not.toMatch(/Ndapewa|example\.na|Completed/);
    expect(contentOf(sent!).data).toMatchObject({ envelopeId, recipients: [recipientId], sentAt: '2026-11-01T08:00:00.000Z' });
    expect(sent!.personalData.map(({ subjectId, data }) => [subjectId, JSON.parse(data!)])).toEqual([
      [envelopeId, { title: 'Completed' }],
      [recipientId, { name: 'Ndapewa', email: 'ndapewa@example.na', routingOrder: 1 }],
    ]);
    expect(JSON.stringify(asked)).not.toContain('sealed');
  });

  test('takes what a fact has that is not known yet as personal of whoever the fact is about', () => {
    const { hashed, personal } = divideFields({ person: 'recipientId', ofThing: ['title'], hashed: ['level'] }, 'env_1', { recipientId: 'rcp_1', title: 'Lease', level: 'B-LTA', ip: '127.0.0.1', consentTextSha256: 'ab', consentedAt: 'now', sealedLink: 'x', nothing: undefined });
    expect(hashed).toEqual({ recipientId: 'rcp_1', level: 'B-LTA', consentTextSha256: 'ab', consentedAt: 'now' });
    expect(Object.fromEntries(personal)).toEqual({ env_1: { title: 'Lease' }, rcp_1: { ip: '127.0.0.1' } });
  });

  test('is without a gap, with its chain and tree right, when many append to it at once', async () => {
    const actor = member();
    // Facts about one thing are handled one by one: many things, and a mutation in the middle of it.
    await Promise.all([...Array.from({ length: 8 }, () => tellSent(actor)), ...Array.from({ length: 3 }, () => tellCompleted(actor))]);
    const trail = await trailOf(actor);
    expect(trail.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 23 }, (_, index) => index));
    trail.forEach((entry, index) => expect(contentOf(entry).previous).toBe(trail[index - 1]?.hash ?? null));
    await graph().idle();
    const checkpoint = (await checkpointTrail(graph().tools, actor.organizationId))!;
    const tree = createMerkleTree();
    for (const { content } of trail) tree.append(hashLeaf(Buffer.from(content)));
    expect(checkpoint).toMatchObject({ size: 23, root: Buffer.from(tree.root()).toString('hex') });
  });

  test('is appended to by two transactions one after the other, and by none when the transaction fails', async () => {
    const actor = member();
    const append = (number: number, fail = false) =>
      graph().tools.transaction(async (tx) => {
        await appendEvent(tx, {}, { factId: newId('evt'), kind: 'test', subject: `thing_${number % 3}`, organizationId: actor.organizationId, occurredAt: tx.now, data: {} });
        if (fail) throw new Error('on purpose');
      });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, number) => append(number, number % 5 === 4)));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(4);
    const trail = await trailOf(actor);
    expect(trail.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 16 }, (_, index) => index));
    const numbers = Map.groupBy(trail.map(contentOf), ({ thread }) => thread.id);
    for (const thread of numbers.values()) expect(thread.map((event) => event.thread.number)).toEqual(thread.map((_, index) => index));
  });

  test('can be looked through by envelope, document and kind, and entry by entry', async () => {
    const actor = member();
    const { envelopeId } = await tellCompleted(actor);
    await tellSent(actor);
    expect(await trailOf(actor, { envelopeId })).toHaveLength(5);
    expect(await trailOf(actor, { documentId: 'doc_1', kind: 'signatures.envelope-sent.v1' })).toHaveLength(2);
    const [first] = await trailOf(actor);
    expect(await run(actor, 'query ($id: ID!) { auditEvent(id: $id) { hash } }', { id: first!.id })).toEqual({ hash: first!.hash });
  });
});

describe('a checkpoint', () => {
  test('is made by itself when an envelope is completed, signed by the published key, and has a timestamp', async () => {
    const actor = member();
    await tellCompleted(actor);
    await graph().idle();
    const { edges: [edge] } = await run<{ edges: { node: { size: number; note: string; anchor: { authority: string } | null; anchorFailure: string | null } }[] }>(actor, '{ auditCheckpoints { edges { node { size root note anchor { time authority token } anchorFailure } } } }');
    expect(edge!.node).toMatchObject({ size: 5, anchorFailure: null, anchor: { authority: expect.stringContaining('TEST') } });
    expect(parseCheckpoint(edge!.node.note).checkpoint).toMatchObject({ origin: `buffrsign.example/audit/${actor.organizationId}`, size: 5 });
  });

  test('is made once for a state, and only of trails with something new in them', async () => {
    const actor = member();
    await tellSent(actor);
    await checkpointTrails(graph().tools);
    await graph().idle();
    const first = await graph().tools.db.auditCheckpoint.findMany({ where: { organizationId: actor.organizationId } });
    expect(first).toHaveLength(1);
    await Promise.all([checkpointTrail(graph().tools, actor.organizationId), checkpointTrail(graph().tools, actor.organizationId), checkpointTrails(graph().tools)]);
    await graph().idle();
    expect(await graph().tools.db.auditCheckpoint.findMany({ where: { organizationId: actor.organizationId } })).toEqual(first);
    expect(await checkpointTrail(graph().tools, newId('org'))).toBeNull();
  });

  test('is consistent with the one before it', async () => {
    const actor = member();
    const sizes: { size: number; root: string }[] = [];
    for (let round = 0; round < 3; round += 1) {
      await tellCompleted(actor);
      sizes.push((await checkpointTrail(graph().tools, actor.organizationId))!);
    }
    const tree = createMerkleTree();
    for (const { content } of await trailOf(actor)) tree.append(hashLeaf(Buffer.from(content)));
    const [, one, two] = sizes;
    expect(verifyConsistency({ size1: one!.size, root1: Buffer.from(one!.root, 'hex'), size2: two!.size, root2: Buffer.from(two!.root, 'hex'), proof: tree.consistencyProof(one!.size, two!.size) })).toBe(true);
  });

  test('is not made of a trail whose past was changed by somebody who may do anything', async () => {
    const actor = member();
    await tellSent(actor);
    await checkpointTrail(graph().tools, actor.organizationId);
    const { db } = graph().tools;
    await db.$executeRaw`alter table "AuditNode" disable trigger all`;
    await db.$executeRaw`update "AuditNode" set hash = sha256('other'::bytea) where "organizationId" = ${actor.organizationId}`;
    await db.$executeRaw`alter table "AuditNode" enable trigger all`;
    await tellSent(actor);
    await expect(checkpointTrail(graph().tools, actor.organizationId)).rejects.toThrow(/tampered/);
  });
});

describe('the keys of the log', () => {
  test('are published to everybody, in the graph and beside it, and never their private halves', async () => {
    const actor = member();
    await tellSent(actor);
    await checkpointTrail(graph().tools, actor.organizationId);
    const keys = await run<{ verifierKey: string }[]>(aUser([]), '{ auditLogKeys { name verifierKey publicKey createdAt } }');
    expect(keys).toHaveLength(1);
    const response = await fetch(`${graph().url}/.well-known/audit-log-keys.json`);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({ keys });
    const [row] = await graph().tools.db.auditLogKey.findMany();
    expect(text).not.toContain(row!.privateKey);
    expect(row!.privateKey).not.toContain('PRIVATE');
  });
});

describe('erasing', () => {
  test('takes what is personal of one recipient out of every entry, leaves the others’, and is itself an entry', async () => {
    const actor = member();
    const { envelopeId, recipientId } = await tellCompleted(actor);
    const before = await trailOf(actor);
    expect(await run(actor, ERASE, { subjectId: recipientId })).toEqual({ subjectId: recipientId, erasedEvents: 5 });
    const after = await trailOf(actor);
    expect(after.slice(0, 5).map(({ content, hash }) => ({ content, hash }))).toEqual(before.map(({ content, hash }) => ({ content, hash })));
    expect(after.flatMap(({ personalData }) => personalData).filter(({ subjectId }) => subjectId === recipientId)).toEqual(Array.from({ length: 5 }, () => ({ subjectId: recipientId, commitment: expect.any(String), data: null, isErased: true })));
    expect(after[0]!.personalData.find(({ subjectId }) => subjectId === envelopeId)).toMatchObject({ data: '{"title":"Completed"}', isErased: false });
    expect(after[5]).toMatchObject({ kind: auditPersonalDataErased.name, user: { id: actor.id } });
    expect(contentOf(after[5]!).data).toEqual({ subjectId: recipientId, erasedById: actor.id, erasedEvents: 5 });
    expect(await graph().said(auditPersonalDataErased)).toContainEqual(expect.objectContaining({ subject: recipientId, organizationid: actor.organizationId }));
    expect(await graph().tools.db.auditPersonalData.count({ where: { organizationId: actor.organizationId, subject: recipientId } })).toBe(0);
  });

  test('of what is not there is refused, also the second time and when two erase at once', async () => {
    const actor = member();
    const { recipientId } = await tellCompleted(actor);
    expect(await refusal(actor, ERASE, { subjectId: 'rcp_unknown' })).toBe('NOT_FOUND');
    const outcomes = await Promise.all([refusal(actor, ERASE, { subjectId: recipientId }), refusal(actor, ERASE, { subjectId: recipientId })]);
    expect(outcomes.sort()).toEqual(['NOT_FOUND', undefined]);
  });
});
