import { newId } from '@buffrsign/kernel';
import { aGuest, aUser } from '@buffrsign/kernel/testing';
import { describe, expect, test } from 'vitest';
import { appendEvent, checkpointTrail } from '../src/use-cases/index.ts';
import { complianceUnderTest, member, stranger } from './compliance.ts';
import { ENTRY, ERASE, trailReader } from './trail.ts';

const { cost, graph, refusal, run, tellCompleted, tellSent } = complianceUnderTest();
const trailOf = trailReader(run);

const CREATE = 'mutation ($envelopeId: ID!) { createEvidenceBundle(input: { envelopeId: $envelopeId }) { ... on CreateEvidenceBundleSuccess { evidenceBundle { sha256 checkpoint { id size } } } } }';

describe('the trail is not there', () => {
  test('for a member of another organization', async () => {
    const actor = member();
    const { envelopeId, recipientId } = await tellCompleted(actor);
    await graph().idle();
    const [entry] = await trailOf(actor);
    const checkpoint = await graph().tools.db.auditCheckpoint.findFirstOrThrow({ where: { organizationId: actor.organizationId } });
    const seen = await graph().as(stranger)(
      `query ($id: ID!, $checkpoint: ID!, $envelope: ID!) {
        auditEvent(id: $id) { id } auditEvents { edges { cursor } } of: auditEvents(filter: { envelopeId: $envelope }) { edges { cursor } } auditCheckpoint(id: $checkpoint) { id } auditCheckpoints { edges { cursor } }
        _entities(representations: [{ __typename: "AuditEvent", id: $id }, { __typename: "AuditCheckpoint", id: $checkpoint }, { __typename: "Envelope", id: $envelope }]) { ... on Envelope { evidenceBundle { sha256 } } }
      }`,
      { id: entry!.id, checkpoint: checkpoint.id, envelope: envelopeId },
    );
    expect(seen).toEqual({ data: { auditEvent: null, auditEvents: { edges: [] }, of: { edges: [] }, auditCheckpoint: null, auditCheckpoints: { edges: [] }, _entities: [null, null, { evidenceBundle: null }] } });
    expect(await refusal(stranger, CREATE, { envelopeId })).toBe('NOT_FOUND');
    expect(await refusal(stranger, ERASE, { subjectId: recipientId })).toBe('NOT_FOUND');
    expect(await trailOf(actor)).toHaveLength(5);
  });

  test('for a guest of the envelope, nor for tokens without the scopes', async () => {
    const actor = member();
    const { envelopeId, recipientId } = await tellCompleted(actor);
    const guest = aGuest({ organizationId: actor.organizationId, resourceId: envelopeId, scopes: ['envelope:sign'] });
    const bundle = 'query ($id: ID!) { _entities(representations: [{ __typename: "Envelope", id: $id }]) { ... on Envelope { evidenceBundle { sha256 } } } }';
    expect((await graph().as(guest)(bundle, { id: envelopeId })).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
    const { organizationId } = actor;
    for (const query of ['{ auditEvents { edges { cursor } } }', '{ auditCheckpoints { edges { cursor } } }', 'query { auditEvent(id: "ade_1") { id } }', 'query { auditCheckpoint(id: "acp_1") { id } }']) {
      expect(await refusal(aUser(['compliance:read', 'compliance:write'], { organizationId }), query)).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    }
    expect(await refusal(aUser(['audit:read'], { organizationId }), CREATE, { envelopeId })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await refusal(aUser(['compliance:write'], { organizationId }), CREATE, { envelopeId })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await refusal(aUser(['audit:read', 'compliance:write'], { organizationId }), ERASE, { subjectId: recipientId })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });
});

describe('it costs', () => {
  test('two queries for entries with their personal data, however many there are', async () => {
    const actor = member();
    await tellCompleted(actor);
    await tellCompleted(actor);
    const ids = (await trailOf(actor)).map(({ id }) => id);
    expect(ids).toHaveLength(10);
    await graph().idle();
    expect(await cost(actor, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on AuditEvent { ${ENTRY} } } }`, { r: ids.map((id) => ({ __typename: 'AuditEvent', id })) })).toBe(2);
  });

  test('three queries for checkpoints with their timestamps, however many there are', async () => {
    const actor = member();
    for (let round = 0; round < 3; round += 1) {
      await tellSent(actor);
      await checkpointTrail(graph().tools, actor.organizationId);
    }
    await graph().idle();
    const rows = await graph().tools.db.auditCheckpoint.findMany({ where: { organizationId: actor.organizationId } });
    const r = rows.map(({ id }) => ({ __typename: 'AuditCheckpoint', id }));
    expect(await cost(actor, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on AuditCheckpoint { size anchor { time } anchorFailure } } }', { r })).toBe(3);
  });

  test('as many queries to append an event, however long the trail is', async () => {
    const { organizationId } = member();
    const append = () =>
      graph().tools.transaction((tx) => appendEvent(tx, {}, { factId: newId('evt'), kind: 'test', subject: 'thing', organizationId, occurredAt: tx.now, data: { title: 'A thing' } }));
    const costs: number[] = [];
    for (let count = 0; count < 34; count += 1) costs.push(await graph().countQueries(append));
    // Every second event completes a part of the tree, and reads the other half of it. The first also begins the trail.
    expect(new Set(costs.slice(1).filter((_, index) => index % 2 === 0))).toEqual(new Set([costs[1]]));
    expect(new Set(costs.slice(2).filter((_, index) => index % 2 === 0))).toEqual(new Set([costs[1]! - 1]));
    expect(costs[1]).toBe(10);
  });

  test('as many queries for the evidence of an envelope, however long its trail is', async () => {
    const costs: number[] = [];
    for (const others of [0, 12]) {
      const actor = member();
      for (let count = 0; count < others; count += 1) await tellSent(actor);
      const { envelopeId } = await tellCompleted(actor);
      await graph().idle();
      costs.push(await cost(actor, 'query ($id: ID!) { _entities(representations: [{ __typename: "Envelope", id: $id }]) { ... on Envelope { evidenceBundle { content } } } }', { id: envelopeId }));
    }
    expect(costs).toEqual([6, 6]);
  });
});
