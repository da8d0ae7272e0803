import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signatures } from '../src/subgraph.ts';
import { aRecipient, startDesk, type Desk, type Shown } from './support/desk.ts';

let desk: Desk;
let envelopes: Shown[];
beforeAll(async () => {
  // Queries are counted: nothing may run by the clock meanwhile.
  desk = await startDesk({ definition: { ...signatures, crons: [] } });
  envelopes = [];
  for (const name of ['A', 'B', 'C']) {
    const envelope = await desk.sent([aRecipient(name), aRecipient(`${name} too`)]);
    await desk.allSign(envelope);
    envelopes.push(await desk.completed(envelope.id));
  }
  await desk.graph.idle();
}, 240_000);
afterAll(() => desk.stop());

const entities = (selection: string, r: object[]) => () => desk.graph.as(desk.member)<{ _entities: unknown[] }>(`query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`, { r });

describe('however many are asked for as references', () => {
  test('envelopes cost one query', async () => {
    const ask = entities('... on Envelope { id state }', envelopes.map(({ id }) => ({ __typename: 'Envelope', id })));
    expect(await desk.graph.countQueries(ask)).toBe(1);
    expect((await ask()).data!._entities).toEqual(envelopes.map(({ id }) => ({ id, state: 'COMPLETED' })));
  });

  test('recipients cost one query, and one more for their envelopes', async () => {
    const recipients = envelopes.flatMap((envelope) => envelope.recipients);
    const r = recipients.map(({ id }) => ({ __typename: 'Recipient', id }));
    expect(await desk.graph.countQueries(entities('... on Recipient { name }', r))).toBe(1);
    const ask = entities('... on Recipient { name envelope { id } }', r);
    expect(await desk.graph.countQueries(ask)).toBe(2);
    expect((await ask()).data!._entities).toEqual(envelopes.flatMap(({ id, recipients: own }) => own.map(({ name }) => ({ name, envelope: { id } }))));
  });

  test('everything of an envelope costs one query a kind of row', async () => {
    const ask = entities(
      '... on Envelope { recipients { name fields { id } } fields { recipient { name } value { text } } sealing { state } sealedDocument { sha256 } senderName }',
      envelopes.map(({ id }) => ({ __typename: 'Envelope', id })),
    );
    // Envelopes, recipients by envelope and by id, fields by envelope and by recipient, values, sealings, members.
    expect(await desk.graph.countQueries(ask)).toBe(8);
  });

  test('documents cost two queries for their envelopes, page by page', async () => {
    const { documentId } = await desk.graph.tools.db.envelope.findUniqueOrThrow({ where: { id: envelopes[0]!.id } });
    const r = [documentId, await desk.document(), await desk.document()].map((id) => ({ __typename: 'Document', id }));
    const ask = entities('... on Document { envelopes(first: 2) { edges { node { id } cursor } pageInfo { hasNextPage } } }', r);
    expect(await desk.graph.countQueries(ask)).toBe(2);
    const [first, second] = (await ask()).data!._entities as { envelopes: { edges: { node: { id: string }; cursor: string }[]; pageInfo: { hasNextPage: boolean } } }[];
    expect(first!.envelopes).toMatchObject({ edges: [{ node: { id: envelopes[2]!.id } }, { node: { id: envelopes[1]!.id } }], pageInfo: { hasNextPage: true } });
    expect(second!.envelopes.edges).toEqual([]);
    const next = entities(`... on Document { envelopes(first: 2, after: "${first!.envelopes.edges[1]!.cursor}") { edges { node { id } } } }`, r.slice(0, 1));
    expect((await next()).data!._entities).toEqual([{ envelopes: { edges: [{ node: { id: envelopes[0]!.id } }] } }]);
  });

  test('the envelopes of a list cost one query, with their recipients two', async () => {
    const list = (selection: string) => () => desk.graph.as(desk.member)(`{ envelopes(first: 50) { edges { node { ${selection} } } } }`);
    expect(await desk.graph.countQueries(list('id'))).toBe(1);
    expect(await desk.graph.countQueries(list('id recipients { name }'))).toBe(2);
  });
});
