import { writeCursor } from '@buffrsign/kernel/gateway';
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

const watch = async (actor: User | Guest, id: string, cursor?: string) => {
  const stream = await desk.graph.transport.subscribe({ query: operations.PROGRESS, variables: { id }, actor, requestId: 'req_test', ...(cursor !== undefined && { cursor }) });
  if (!(Symbol.asyncIterator in stream)) return { refused: stream as ExecutionResult };
  const iterator = (stream as AsyncIterable<ExecutionResult<{ envelopeProgress: Step }, { cursor: string }>>)[Symbol.asyncIterator]();
  let last: string | undefined;
  return {
    next: async () => {
      const { value } = await iterator.next();
      last = value?.extensions?.cursor;
      return value?.data?.envelopeProgress as Step;
    },
    /** The cursor of the step that came last. */
    cursor: () => last,
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
    // Not even that more happens: the stream is over, and there is no way back into it.
    expect(value.extensions).toBeUndefined();
    expect((await steps.raw!()).done).toBe(true);
    expect((await watch(desk.member, id, steps.cursor!())).refused?.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the progress of an envelope, for a client that comes back,', () => {
  test('goes on behind the last step that it saw: what it missed, in order and once, without a snapshot, and then what happens', async () => {
    const { id, recipients } = await desk.sent([aRecipient('Ndapewa'), aRecipient('Tangeni', 2)]);
    const whole = await watch(desk.member, id);
    const heard: [kind: string, cursor: string][] = [];
    const hear = async (steps: typeof whole): Promise<void> => void heard.push([(await steps.next!()).kind, steps.cursor!()!]);
    await hear(whole);
    const all = (async () => {
      for (const list: string[] = []; ; ) {
        list.push((await whole.next!()).kind);
        if (list.at(-1) === 'ENVELOPE_COMPLETED') return list;
      }
    })();
    // It comes and goes while the envelope is signed and sealed.
    const signing = (async () => {
      await desk.sign(await desk.enter(recipients[0]!.id));
      await desk.sign(await desk.enter(recipients[1]!.id));
    })();
    while (heard.at(-1)![0] !== 'ENVELOPE_COMPLETED') {
      const steps = await watch(desk.member, id, heard.at(-1)![1]);
      await hear(steps);
      if (heard.length % 2 && heard.at(-1)![0] !== 'ENVELOPE_COMPLETED') await hear(steps);
      await steps.end!();
    }
    await signing;
    expect(heard.map(([kind]) => kind)).toEqual(['SNAPSHOT', ...(await all)]);
    expect(new Set(heard.map(([, cursor]) => cursor)).size).toBe(heard.length);
    await whole.end!();
  });

  test('costs a bounded number of queries: one for all that it missed, and for each step what a query of it costs', async () => {
    const { id, recipients } = await desk.sent();
    const first = await watch(desk.member, id);
    await first.next!();
    await first.end!();
    await desk.enter(recipients[0]!.id);
    await desk.ask(desk.member, operations.VOID, { id, reason: 'Wrong', idempotencyKey: 'count' });
    const take = (count: number) => async () => {
      const steps = await watch(desk.member, id, first.cursor!());
      for (let number = 0; number < count; number += 1) await steps.next!();
      await steps.end!();
    };
    // Not counted: the look that numbers what was committed a moment ago.
    await take(1)();
    const [one, two] = [await desk.graph.countQueries(take(1)), await desk.graph.countQueries(take(2))];
    expect(one).toBeLessThanOrEqual(6);
    expect(two - one).toBeLessThanOrEqual(3);
  });

  test('is refused a cursor that is none, and one of another subgraph', async () => {
    const { id } = await desk.sent();
    for (const cursor of ['garbled', writeCursor({ source: 'documents', sequence: 1n })]) {
      expect((await watch(desk.member, id, cursor)).refused?.errors?.[0]?.extensions).toMatchObject({ code: 'CURSOR_INVALID' });
    }
  });

  test('is closed to a stranger who has the cursor', async () => {
    const { id } = await desk.sent();
    const steps = await watch(desk.member, id);
    await steps.next!();
    await steps.end!();
    expect((await watch(aStranger(memberScopes), id, steps.cursor!())).refused?.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });
});
