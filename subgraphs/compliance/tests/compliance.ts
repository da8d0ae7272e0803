import { aStranger, aUser, startTestSubgraph, until } from '@buffrsign/kernel/testing';
import type { Timestamps } from '../src/services/timestamps.ts';
import { envelopeCompleted, envelopeSent, recipientCompleted, recipientDelivered, recipientSent } from '@buffrsign/signatures/events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { compliance } from '../src/subgraph.ts';

export const scopes = ['compliance:read', 'compliance:write', 'audit:read', 'audit:write'];
export const member = () => aUser(scopes);
export const stranger = aStranger(scopes);
type Member = ReturnType<typeof member>;

/** A test may put something in the way of timestamps. */
export type ChangeTimestamps = (timestamps: Timestamps) => Timestamps;

const start = (trust: string, change: ChangeTimestamps) =>
  startTestSubgraph(
    {
      ...compliance,
      services: async (source) => {
        const services = await compliance.services!(source);
        return { ...services, timestamps: change(services.timestamps) };
      },
    },
    { env: { TRUST_DIR: trust } },
  );

let told = 0;

/** The subgraph for a test file. */
export const complianceUnderTest = (change: ChangeTimestamps = (timestamps) => timestamps) => {
  const own: { graph?: Awaited<ReturnType<typeof start>>; trust?: string } = {};
  beforeAll(async () => {
    own.trust = await mkdtemp(join(tmpdir(), 'buffrsign-trust-'));
    own.graph = await start(own.trust, change);
  });
  afterAll(async () => {
    await own.graph?.stop();
    await rm(own.trust!, { recursive: true, force: true });
  });
  const graph = () => own.graph!;

  const envelopeOf = (title: string) => {
    const number = (told += 1);
    const recipient = { recipientId: `rcp_${number}`, name: 'Ndapewa', email: 'ndapewa@example.na', routingOrder: 1 };
    return { recipient, envelope: { envelopeId: `env_${number}`, title, documentId: 'doc_1', senderId: 'usr_1' } };
  };

  return {
    graph,
    /** Folder of the TEST authority, whose root is in `test-root.pem`. */
    trust: () => own.trust!,
    async run<Field>(actor: Member, query: string, variables: Record<string, unknown> = {}): Promise<Field> {
      const { data, errors } = await graph().as(actor)<Record<string, Field>>(query, variables);
      if (errors) throw new Error(JSON.stringify(errors));
      return Object.values(data!)[0]!;
    },
    async refusal(actor: Member, query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
      return (await graph().as(actor)(query, variables)).errors?.[0]?.extensions?.['code'];
    },
    async cost(actor: Member, query: string, variables: Record<string, unknown> = {}): Promise<number> {
      await until('every fact to be out', async () => (await graph().tools.db.outboxMessage.count({ where: { sentAt: null } })) === 0);
      return graph().countQueries(() => graph().as(actor)(query, variables));
    },
    /** Tells that an envelope was sent, and no more. */
    async tellSent({ organizationId }: Member): Promise<string> {
      const { envelope, recipient } = envelopeOf('Sent');
      const about = { subject: envelope.envelopeId, organizationId };
      await graph().tell(envelopeSent, about, { ...envelope, recipients: [recipient], sentAt: '2026-11-01T08:00:00.000Z', expiresAt: '2026-12-01T08:00:00.000Z' });
      return envelope.envelopeId;
    },
    /** Tells the whole life of an envelope; gives its id and its facts, to be told again. */
    async tellCompleted({ organizationId }: Member) {
      const { envelope, recipient } = envelopeOf('Completed');
      const { envelopeId } = envelope;
      const about = { subject: envelopeId, organizationId };
      const one = { ...envelope, ...recipient };
      const facts = [
        await graph().tell(envelopeSent, about, { ...envelope, recipients: [recipient], sentAt: '2026-11-01T08:00:00.000Z', expiresAt: '2026-12-01T08:00:00.000Z' }),
        await graph().tell(recipientSent, about, { ...one, message: null, sealedLink: 'sealed', expiresAt: '2026-12-01T08:00:00.000Z' }),
        await graph().tell(recipientDelivered, about, { ...one, deliveredAt: '2026-11-01T09:00:00.000Z' }),
        await graph().tell(recipientCompleted, about, { ...one, remaining: 0, completedAt: '2026-11-01T09:05:00.000Z' }),
        await graph().tell(envelopeCompleted, about, { ...envelope, recipients: [recipient], sha256: 'a'.repeat(64), size: 1, completedAt: '2026-11-01T09:06:00.000Z' }),
      ];
      return { envelopeId, facts, recipientId: recipient.recipientId };
    },
  };
};
