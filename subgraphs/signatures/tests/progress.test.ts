import { aStranger } from '@buffrsign/kernel/testing';
import type { ExecutionResult } from 'graphql';
import type { Guest, User } from '@buffrsign/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRecipient, memberScopes, startDesk, type Desk } from './support/desk.ts';
import * as operations from './support/operations.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

interface Step {
  readonly kind: string;
  readonly envelope: { readonly id: string; readonly state: string };
  readonly recipient: { readonly id: string } | null;
}

const watch = async (actor: User | Guest, id: string) => {
  const stream = await desk.graph.transport.subscribe({ query: operations.PROGRESS, variables: { id }, actor, requestId: 'req_test' });
  if (!(Symbol.asyncIterator in stream)) return { refused: stream as ExecutionResult };
  const iterator = (stream as AsyncIterable<ExecutionResult<{ envelopeProgress: Step }>>)[Symbol.asyncIterator]();
  return {
    next: async () => (await iterator.next()).value?.data?.envelopeProgress as Step,
    raw: () => iterator.next(),
    end: () => iterator.return!(),
  };
};

describe('the progress of an envelope', () => {
  test('begins with where it stands and brings every step, with the envelope as it is', async () => {
    const { id } = await desk.draft([aRecipient('Ndapewa')]);
    const steps = await watch(desk.member, id);
    expect(await steps.next!()).toMatchObject({ kind: 'SNAPSHOT', envelope: { id, state: 'CREATED' }, recipient: null });
    const sent = await desk.ask(desk.member, operations.SEND, { id, idempotencyKey: 'send' });
    await desk.allSign(sent.envelope!);
    const heard: Step[] = [];
    while (heard.at(-1)?.kind !== 'ENVELOPE_COMPLETED') heard.push(await steps.next!());
    // Sealing goes on by itself meanwhile.
    expect(heard.map(({ kind }) => kind).filter((kind) => kind !== 'SEALING_PROGRESSED')).toEqual(['ENVELOPE_SENT', 'RECIPIENT_SENT', 'RECIPIENT_DELIVERED', 'RECIPIENT_COMPLETED', 'ENVELOPE_COMPLETED']);
    expect(heard.find(({ kind }) => kind === 'RECIPIENT_SENT')).toMatchObject({ recipient: { id: sent.envelope!.recipients[0]!.id } });
    expect(heard.filter(({ kind }) => kind === 'SEALING_PROGRESSED')).toHaveLength(6);
    await steps.end!();
  });

  test('is followed by its guest, who hears of the end', async () => {
    const { id, recipients } = await desk.sent();
    const steps = await watch(await desk.enter(recipients[0]!.id), id);
    expect(await steps.next!()).toMatchObject({ kind: 'SNAPSHOT', envelope: { state: 'DELIVERED' } });
    await desk.ask(desk.member, operations.VOID, { id, reason: 'Wrong', idempotencyKey: 'v' });
    // Steps of the moment before may still arrive after the snapshot.
    const heard: Step[] = [];
    while (heard.at(-1)?.kind !== 'ENVELOPE_VOIDED') heard.push(await steps.next!());
    expect(heard.at(-1)).toMatchObject({ envelope: { state: 'VOIDED' } });
    await steps.end!();
  });

  test('is closed to strangers and to guests of other envelopes', async () => {
    const { id } = await desk.sent();
    const other = await desk.enter((await desk.sent()).recipients[0]!.id);
    for (const actor of [aStranger(memberScopes), other]) {
      expect((await watch(actor, id)).refused?.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  test('shows nothing any more to somebody who may not see it since', async () => {
    const { id } = await desk.sent();
    const steps = await watch(desk.member, id);
    expect(await steps.next!()).toMatchObject({ kind: 'SNAPSHOT' });
    // No way in the graph takes an envelope from an organization; the check on each event must hold all the same.
    await desk.graph.tools.db.envelope.update({ where: { id }, data: { organizationId: 'org_elsewhere' } });
    await desk.ask({ ...desk.member, organizationId: 'org_elsewhere' }, operations.VOID, { id, reason: 'Moved', idempotencyKey: 'moved' });
    const { value } = (await steps.raw!()) as IteratorResult<ExecutionResult>;
    expect(value.data).toBeFalsy();
    expect(value.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    await steps.end!();
  });
});
