import { memberJoined, memberLeft } from '@buffrsign/auth/events';
import { documentReady, documentRefused } from '@buffrsign/documents/events';
import { aStranger, aUser, startTestSubgraph } from '@buffrsign/kernel/testing';
import { envelopeCompleted, envelopeDeclined, envelopeSent, envelopeVoided, recipientCompleted, recipientDelivered } from '@buffrsign/signatures/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analytics } from '../src/subgraph.ts';

let now = new Date('2026-03-02T08:00:00.000Z');
const start = () => startTestSubgraph(analytics, { now: () => now });
let graph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await start();
});
afterAll(() => graph.stop());

const envelopeOf = (envelopeId: string) => ({ envelopeId, title: 'Lease', documentId: 'doc_1', senderId: 'usr_1' });
const recipient = { recipientId: 'rcp_1', name: 'Ndapewa', email: 'ndapewa@example.na', routingOrder: 1 };
const at = (time: string) => `2026-03-02T${time}.000Z`;

const METRICS = '{ metrics { name series(from: "2026-03-01", to: "2026-03-03") { total } } }';
const OVERVIEW = 'query ($from: Date, $to: Date) { overview(from: $from, to: $to) { from to sent completed declined voided expired pending completionRate medianSecondsToComplete p90SecondsToComplete } }';
interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly series: { readonly total: number | null } }[];
}

const totals = async (actor: ReturnType<typeof aUser>) => {
  const { data } = await graph.as(actor)<Metrics>(METRICS);
  return Object.fromEntries(data!.metrics.map(({ name, series }) => [name, series.total]).filter(([, total]) => total !== 0));
};

describe('what others say', () => {
  test('is counted once each, however often it comes', async () => {
    const reader = aUser(['metrics:read']);
    const { organizationId } = reader;
    const about = { subject: 'env_1', organizationId };
    const facts = [
      await graph.tell(envelopeSent, about, { ...envelopeOf('env_1'), recipients: [recipient], sentAt: at('08:00:00'), expiresAt: at('09:00:00') }),
      await graph.tell(recipientDelivered, about, { ...envelopeOf('env_1'), ...recipient, deliveredAt: at('08:01:00') }),
      await graph.tell(recipientCompleted, about, { ...envelopeOf('env_1'), ...recipient, remaining: 0, completedAt: at('08:02:00') }),
      await graph.tell(envelopeCompleted, about, { ...envelopeOf('env_1'), recipients: [recipient], sha256: 'a', size: 1, completedAt: at('08:02:00') }),
      await graph.tell(envelopeDeclined, about, { ...envelopeOf('env_2'), recipients: [], declinedBy: 'rcp_1', reason: 'No', declinedAt: at('08:02:00') }),
      await graph.tell(envelopeVoided, about, { ...envelopeOf('env_3'), recipients: [], reason: 'No', expired: false, voidedAt: at('08:02:00') }),
      await graph.tell(envelopeVoided, about, { ...envelopeOf('env_4'), recipients: [], reason: 'No', expired: true, voidedAt: at('08:02:00') }),
      await graph.tell(documentReady, { subject: 'doc_1', organizationId }, { documentId: 'doc_1', versionId: 'ver_1', title: 'Lease', sha256: 'a', textSha256: 'b', size: 1, pages: [], uploadedBy: 'usr_1' }),
      await graph.tell(documentRefused, { subject: 'doc_2', organizationId }, { documentId: 'doc_2', title: 'Lease', refusal: 'NOT_A_PDF', message: 'Not a PDF.', uploadedBy: 'usr_1' }),
      await graph.tell(memberJoined, { subject: 'usr_1', organizationId }, { userId: 'usr_1', name: 'Tangeni', email: 't@example.na', role: 'OWNER' }),
      await graph.tell(memberLeft, { subject: 'usr_1', organizationId }, { userId: 'usr_1' }),
    ];
    const once = {
      'documents.ready': 1, 'documents.refused': 1, 'envelopes.completed': 1, 'envelopes.declined': 1, 'envelopes.expired': 1, 'envelopes.sent': 1,
      'envelopes.voided': 1, 'members.joined': 1, 'members.left': 1, 'recipients.delivered': 1, 'recipients.signed': 1,
    };
    expect(await totals(reader)).toEqual(once);
    for (const fact of facts) await graph.tellAgain(fact);
    expect(await totals(reader)).toEqual(once);
    expect(await totals(aStranger(['metrics:read']))).toEqual({});
  });

  test('is counted on the day on which it was said', async () => {
    const reader = aUser(['metrics:read']);
    const send = () => graph.tell(memberJoined, { subject: 'usr_1', organizationId: reader.organizationId }, { userId: 'usr_1', name: 'Tangeni', email: 't@example.na', role: 'MEMBER' });
    now = new Date('2026-03-01T23:59:59.999Z');
    await send();
    now = new Date('2026-03-02T00:00:00.000Z');
    await Promise.all([send(), send()]);
    const { data } = await graph.as(reader)('{ metric(name: "members.joined") { kind isCustom series(from: "2026-03-01", to: "2026-03-02") { points { from value } } } }');
    expect(data).toEqual({ metric: { kind: 'COUNTER', isCustom: false, series: { points: [{ from: '2026-03-01', value: 1 }, { from: '2026-03-02', value: 2 }] } } });
  });
});

describe('the overview', () => {
  const reader = aUser(['metrics:read']);
  const { organizationId } = reader;
  const send = (id: string, sentAt: string) => graph.tell(envelopeSent, { subject: id, organizationId }, { ...envelopeOf(id), recipients: [recipient], sentAt, expiresAt: at('09:00:00') });
  const complete = (id: string, completedAt: string) => graph.tell(envelopeCompleted, { subject: id, organizationId }, { ...envelopeOf(id), recipients: [], sha256: 'a', size: 1, completedAt });

  test('tells how the envelopes of a period fare, also when an end is heard of before its beginning', async () => {
    await send('env_11', at('08:00:00'));
    await complete('env_11', at('08:00:10'));
    await complete('env_12', at('08:00:20'));
    await send('env_12', at('08:00:00'));
    await send('env_13', at('08:00:00'));
    await complete('env_13', at('08:05:00'));
    await send('env_14', at('23:59:59'));
    await send('env_15', '2026-03-03T00:00:00.000Z');
    const { data, errors } = await graph.as(reader)(OVERVIEW, { from: '2026-03-02', to: '2026-03-02' });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      overview: { from: '2026-03-02', to: '2026-03-02', sent: 4, completed: 3, declined: 0, voided: 0, expired: 0, pending: 1, completionRate: 0.75, medianSecondsToComplete: 20, p90SecondsToComplete: 244 },
    });
  });

  test('says null, not zero, where there is nothing to divide by', async () => {
    const { data } = await graph.as(aStranger(['metrics:read']))(OVERVIEW, { from: '2026-03-02', to: '2026-03-02' });
    expect(data).toMatchObject({ overview: { sent: 0, completionRate: null, medianSecondsToComplete: null } });
  });

  test('stands on the organization, for its members alone, in one query', async () => {
    const ask = (actor: typeof reader) => graph.as(actor)('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Organization { overview(from: "2026-03-02", to: "2026-03-02") { sent } } } }', { r: [{ __typename: 'Organization', id: organizationId }] });
    expect((await ask(reader)).data).toEqual({ _entities: [{ overview: { sent: 4 } }] });
    expect((await ask(aStranger(['metrics:read']))).data).toEqual({ _entities: [{ overview: null }] });
    expect(await graph.countQueries(() => ask(reader))).toBe(1);
    expect((await ask(aUser([], { organizationId }))).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  test('refuses a period that cannot be', async () => {
    const { errors } = await graph.as(reader)(OVERVIEW, { from: '2026-03-02', to: '2026-03-01' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
