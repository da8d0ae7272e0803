import { aStranger, aUser, startTestSubgraph } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_CUSTOM_METRICS } from '../src/domain/metric.ts';
import { analytics } from '../src/subgraph.ts';

const scopes = ['metrics:read', 'metrics:write'];
const now = new Date('2026-03-02T08:00:00.000Z');
const start = () => startTestSubgraph(analytics, { now: () => now });
let graph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await start();
});
afterAll(() => graph.stop());

const DEFINE = `mutation ($input: DefineMetricInput!) { defineMetric(input: $input) {
  __typename ... on DefineMetricSuccess { metric { name kind unit isCustom } } ... on MetricExistsError { metric { kind } } ... on UserError { message } ... on InvalidInputError { issues { path } } } }`;
const RECORD = `mutation ($input: RecordMetricInput!) { recordMetric(input: $input) {
  __typename ... on RecordMetricSuccess { day value metric { name } } ... on UserError { message } ... on InvalidInputError { issues { path } } } }`;

const define = async (actor: ReturnType<typeof aUser>, input: object) =>
  (await graph.as(actor)<{ defineMetric: object }>(DEFINE, { input: { name: 'orders', kind: 'COUNTER', unit: 'orders', description: 'Orders shipped.', ...input } })).data!.defineMetric;
const record = (actor: ReturnType<typeof aUser>, input: object) => graph.as(actor)<{ recordMetric: object }>(RECORD, { input: { name: 'orders', value: 1, idempotencyKey: 'one', ...input } });
const total = async (actor: ReturnType<typeof aUser>, name: string) => (await graph.as(actor)<{ metric: { series: { total: number } } | null }>('query ($name: String!) { metric(name: $name) { series { total } } }', { name })).data!.metric?.series.total;

describe('a metric of the organization’s own', () => {
  test('counts a recording once for its key, also when it comes twice at the same moment', async () => {
    const member = aUser(scopes);
    expect(await define(member, {})).toMatchObject({ __typename: 'DefineMetricSuccess', metric: { name: 'orders', isCustom: true } });
    const [first, second] = await Promise.all([record(member, { value: 2.5 }), record(member, { value: 2.5 })]);
    expect(first.data).toEqual({ recordMetric: { __typename: 'RecordMetricSuccess', day: '2026-03-02', value: 2.5, metric: { name: 'orders' } } });
    expect(second).toEqual(first);
    await Promise.all(['two', 'three', 'four'].map((idempotencyKey) => record(member, { idempotencyKey, day: '2026-03-01' })));
    expect(await total(member, 'orders')).toBe(5.5);
    expect((await record(member, { value: 3 })).errors?.[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('takes the last value of a day when it is a gauge', async () => {
    const member = aUser(scopes);
    await define(member, { name: 'stock', kind: 'GAUGE' });
    await record(member, { name: 'stock', value: 12, idempotencyKey: 'a' });
    await record(member, { name: 'stock', value: -3, idempotencyKey: 'b' });
    expect(await total(member, 'stock')).toBe(-3);
  });

  test('has a name that no other has, also when two define it at the same moment', async () => {
    const member = aUser(scopes);
    const outcomes = await Promise.all([define(member, {}), define(member, {})]);
    expect(outcomes.map((outcome) => (outcome as { __typename: string }).__typename).sort()).toEqual(['DefineMetricSuccess', 'MetricExistsError']);
  });

  test('is one of fifty at most', async () => {
    const member = aUser(scopes);
    const { organizationId } = member;
    await graph.tools.db.customMetric.createMany({
      data: Array.from({ length: MAX_CUSTOM_METRICS - 1 }, (_, n) => ({ id: `met_${organizationId}${n}`, organizationId, name: `m${n}`, kind: 'GAUGE' as const, unit: 'u', description: 'd', createdAt: now })),
    });
    const outcomes = await Promise.all([define(member, { name: 'last' }), define(member, { name: 'one-too-many' })]);
    expect(outcomes.map((outcome) => (outcome as { __typename: string }).__typename).sort()).toEqual(['DefineMetricSuccess', 'MetricLimitError']);
  });

  test.each([
    ['a platform metric', { name: 'envelopes.sent' }, { __typename: 'MetricNotRecordableError', message: expect.stringMatching('by itself') }],
    ['a metric that nobody defined', { name: 'nothing' }, { __typename: 'MetricNotRecordableError', message: expect.stringMatching('Define it first') }],
    ['a counter that shrinks', { value: -1 }, { __typename: 'InvalidInputError', issues: [{ path: 'value' }] }],
    ['tomorrow', { day: '2026-03-03' }, { __typename: 'InvalidInputError', issues: [{ path: 'day' }] }],
  ])('is not recorded: %s', async (_what, input, expected) => {
    const member = aUser(scopes);
    await define(member, {});
    const { data } = await record(member, input);
    expect(data!.recordMetric).toMatchObject(expected);
  });

  test('needs a name without dots, so that it never meets one of the platform', async () => {
    expect(await define(aUser(scopes), { name: 'envelopes.sent' })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'name' }] });
  });

  test('is neither seen nor recorded into by a member of another organization', async () => {
    const member = aUser(scopes);
    const stranger = aStranger(scopes);
    await define(member, {});
    await record(member, {});
    expect(await total(stranger, 'orders')).toBeUndefined();
    expect((await record(stranger, {})).data).toMatchObject({ recordMetric: { __typename: 'MetricNotRecordableError' } });
    const { data } = await graph.as(stranger)<{ metrics: { isCustom: boolean }[] }>('{ metrics { isCustom } }');
    expect(data!.metrics.every(({ isCustom }) => !isCustom)).toBe(true);
    expect(await total(member, 'orders')).toBe(1);
  });

  test('is closed to a token without the scope', async () => {
    const reader = aUser(['metrics:read']);
    expect((await graph.as(reader)(DEFINE, { input: { name: 'x', kind: 'GAUGE', unit: 'x', description: 'x' } })).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
    expect((await record(reader, {})).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });
});

test('all metrics with their series cost two queries', async () => {
  const member = aUser(scopes);
  await define(member, {});
  expect(await graph.countQueries(() => graph.as(member)('{ metrics { name series { total } } }'))).toBe(2);
});
