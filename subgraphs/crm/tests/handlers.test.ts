import { aUser, startTestSubgraph } from '@buffrsign/kernel/testing';
import { envelopeSent } from '@buffrsign/signatures/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactCreated } from '../src/events.ts';
import { crm } from '../src/subgraph.ts';

const start = () => startTestSubgraph(crm);
let graph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await start();
});
afterAll(() => graph.stop());

const sent = {
  envelopeId: 'env_1',
  title: 'Lease',
  documentId: 'doc_1',
  senderId: 'usr_1',
  sentAt: '2026-03-01T08:00:00.000Z',
  expiresAt: '2026-06-01T08:00:00.000Z',
  recipients: [
    { recipientId: 'rcp_1', name: 'Ndapewa Shilongo', email: 'ndapewa@example.na', routingOrder: 1 },
    { recipientId: 'rcp_2', name: 'Tangeni Iipinge', email: 'tangeni@example.na', routingOrder: 2 },
  ],
};

describe('recipients of an envelope', () => {
  test('become contacts of the sender’s organization once, however often the fact comes', async () => {
    const reader = aUser(['contacts:read']);
    const fact = await graph.tell(envelopeSent, { subject: 'env_1', organizationId: reader.organizationId }, sent);
    await graph.tellAgain(fact);
    await graph.tell(envelopeSent, { subject: 'env_2', organizationId: reader.organizationId }, { ...sent, envelopeId: 'env_2' });
    const { data } = await graph.as(reader)<{ contacts: { edges: { node: { name: string } }[] } }>('{ contacts { edges { node { name } } } }');
    expect(data!.contacts.edges.map(({ node }) => node.name).sort()).toEqual(['Ndapewa Shilongo', 'Tangeni Iipinge']);
    expect(await graph.said(contactCreated)).toHaveLength(2);
  });
});
