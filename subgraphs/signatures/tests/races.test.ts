import { documentDeleted } from '@buffrsign/documents/events';
import { until } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envelopeCompleted, envelopeDeclined, envelopeVoided, recipientCompleted, sealingProgressed } from '../src/events.ts';
import { aRecipient, startDesk, type Desk } from './support/desk.ts';
import * as operations from './support/operations.ts';

const ROUNDS = 8;
let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const countOf = async (event: Parameters<Desk['graph']['said']>[0], subject: string) => (await desk.graph.said(event)).filter((fact) => fact.subject === subject).length;

// Most rounds end with a sealed PDF, which takes its time.
describe('of acts on one envelope at the same moment', { timeout: 240_000 }, () => {
  test('the last signature or the voiding wins, never both and never neither', async () => {
    const wins = { COMPLETED: 0, VOIDED: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id, recipients } = await desk.sent();
      const guest = await desk.enter(recipients[0]!.id);
      const voiding = () => desk.ask(desk.member, operations.VOID, { id, reason: 'Race', idempotencyKey: `void ${id}` });
      const outcomes = await Promise.all(round % 2 ? [desk.sign(guest), voiding()] : [voiding(), desk.sign(guest)]);
      const names = outcomes.map(({ __typename }) => __typename).sort();
      expect([['EnvelopeNotOpenError', 'SignEnvelopeSuccess'], ['EnvelopeNotOpenError', 'VoidEnvelopeSuccess']]).toContainEqual(names);
      const { state } = await until('the envelope to be decided', async () => desk.graph.tools.db.envelope.findFirst({ where: { id, state: { in: ['COMPLETED', 'VOIDED'] } } }), 60_000);
      const facts = [await countOf(envelopeCompleted, id), await countOf(envelopeVoided, id), await countOf(recipientCompleted, id)];
      expect(facts).toEqual(state === 'COMPLETED' ? [1, 0, 1] : [0, 1, 0]);
      wins[state as keyof typeof wins] += 1;
    }
    expect(wins.COMPLETED + wins.VOIDED).toBe(ROUNDS);
  });

  test('two last signatures both count, and each signs once', async () => {
    for (let round = 0; round < ROUNDS / 2; round += 1) {
      const { id, recipients } = await desk.sent([aRecipient('A'), aRecipient('B'), aRecipient('C')]);
      const guests = [];
      for (const recipient of recipients) guests.push(await desk.enter(recipient.id));
      const outcomes = await Promise.all(guests.map((guest) => desk.sign(guest)));
      expect(outcomes.map(({ __typename }) => __typename)).toEqual(Array(3).fill('SignEnvelopeSuccess'));
      await desk.completed(id);
      const states = (await desk.graph.said(sealingProgressed)).filter((fact) => fact.subject === id).map(({ data }) => data.state);
      expect(states.filter((state) => state === 'SEALED')).toHaveLength(1);
      expect((await desk.show(id)).sealing).toMatchObject({ signaturesApplied: 3, signaturesExpected: 3 });
      expect(await countOf(envelopeCompleted, id)).toBe(1);
      const left = (await desk.graph.said(recipientCompleted)).filter((fact) => fact.subject === id).map(({ data }) => data.remaining);
      expect(left).toEqual([2, 1, 0]);
    }
  });

  test('one of a signature and a refusal by two recipients decides', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id, recipients } = await desk.sent([aRecipient('A'), aRecipient('B')]);
      const [a, b] = [await desk.enter(recipients[0]!.id), await desk.enter(recipients[1]!.id)];
      await Promise.all([desk.sign(a), desk.ask(b, operations.DECLINE, { reason: 'No', idempotencyKey: 'no' })]);
      // One of two signed, or none; the envelope is declined all the same, because the other never signed.
      expect(await desk.show(id)).toMatchObject({ state: 'DECLINED' });
      expect(await countOf(envelopeDeclined, id)).toBe(1);
    }
  });

  test('the same signature sent many times at once counts once, whatever the keys', async () => {
    const { id, recipients } = await desk.sent();
    const guest = await desk.enter(recipients[0]!.id);
    const keys = ['same', 'same', 'same', 'other', 'third'];
    const outcomes = await Promise.all(keys.map((idempotencyKey) => desk.sign(guest, { idempotencyKey })));
    const names = outcomes.map(({ __typename }) => __typename);
    expect(names.filter((name) => name !== 'SignEnvelopeSuccess' && name !== 'AlreadySignedError')).toEqual([]);
    const winners = new Set(keys.filter((_key, index) => names[index] === 'SignEnvelopeSuccess'));
    expect(winners.size).toBe(1);
    expect(await countOf(recipientCompleted, id)).toBe(1);
    await desk.completed(id);
    expect(await countOf(envelopeCompleted, id)).toBe(1);
  });

  test('sending and deleting the document never leave an open envelope without its document', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const documentId = await desk.document();
      const { id } = await desk.draft([aRecipient('A')], { documentId });
      const deletion = () => desk.graph.tell(documentDeleted, { subject: documentId, organizationId: desk.member.organizationId }, { documentId, deletedBy: desk.member.id });
      await Promise.all([desk.ask(desk.member, operations.SEND, { id, idempotencyKey: `send ${id}` }), deletion()]);
      expect(['CREATED', 'VOIDED']).toContain((await desk.show(id)).state);
    }
  });

  test('a draft that is deleted while it is sent is either gone or sent as a whole', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id } = await desk.draft();
      const outcomeOf = async (operation: string, input: object) => {
        const { data, errors } = await desk.graph.as(desk.member)<Record<string, { __typename: string } | null>>(operation, { input });
        return errors?.[0]?.extensions?.['code'] ?? Object.values(data ?? {})[0]?.__typename;
      };
      const outcomes = await Promise.all([outcomeOf(operations.SEND, { id, idempotencyKey: `send ${id}` }), outcomeOf(operations.DELETE, { id })]);
      expect([['SendEnvelopeSuccess', 'EnvelopeNotDraftError'], ['NOT_FOUND', 'DeleteDraftSuccess']]).toContainEqual(outcomes);
    }
  });
});
