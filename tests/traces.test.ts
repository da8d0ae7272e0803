import { startGateway, type RunningGateway } from '@buffrsign/gateway';
import { createLogger } from '@buffrsign/kernel/platform';
import { testSecrets, until } from '@buffrsign/kernel/testing';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startIssuer, type TestIssuer } from '../gateway/tests/support/issuer.ts';
import { startFakeOtlpCollector, type ReceivedSpan } from './support/fake-otlp-collector.ts';
import { startSeenSubgraph } from './support/seen-subgraph.ts';

const CLIENT = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const [INTERNAL, SERVER, CALLER] = [1, 2, 3];

describe('a trace', () => {
  let collector: Awaited<ReturnType<typeof startFakeOtlpCollector>>;
  let subgraph: Awaited<ReturnType<typeof startSeenSubgraph>>;
  let issuer: TestIssuer;
  const gateways: RunningGateway[] = [];
  beforeAll(async () => {
    // The library's own setting: spans go out soon.
    vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '50');
    collector = await startFakeOtlpCollector();
    issuer = await startIssuer();
    subgraph = await startSeenSubgraph({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`, OTEL_SERVICE_NAME: 'under-test' } });
  });
  afterAll(async () => {
    for (const gateway of gateways) await gateway.stop();
    await subgraph.end();
    await Promise.all([issuer.stop(), collector.stop()]);
    vi.unstubAllEnvs();
  });

  const start = async (way: 'in process' | 'over HTTP'): Promise<RunningGateway> => {
    const gateway = await startGateway({
      supergraphSdl: await readFile('schema/supergraph.graphql', 'utf8'),
      ...(way === 'in process' ? { transports: { crm: subgraph.assembled.transport } } : { subgraphUrls: { crm: subgraph.url } }),
      issuers: [issuer.trusted],
      actorTokenSecret: testSecrets.ACTOR_TOKEN_SECRET,
      port: 0,
      log: createLogger('gateway', 'silent'),
      // A process has one gateway, and with it one set of figures; here there are several.
      telemetry: { ...subgraph.telemetry, metrics: undefined },
    });
    gateways.push(gateway);
    return gateway;
  };
  const ask = (gateway: RunningGateway, query: string, headers: Record<string, string> = {}, variables = {}) =>
    fetch(gateway.url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${issuer.issue({ scopes: ['contacts:read', 'contacts:write'] })}`, ...headers }, body: JSON.stringify({ query, variables }) }).then((response) => response.json());
  const childOf = (parent: { spanId: string }, spans: readonly ReceivedSpan[], name: RegExp): ReceivedSpan => {
    const child = spans.find((span) => span.parentSpanId === parent.spanId && name.test(span.name));
    if (!child) throw new Error(`${name} is not below ${parent.spanId}: ${spans.map(({ name: each, parentSpanId }) => `${each} below ${parentSpanId}`).join(', ')}`);
    return child;
  };
  const complete = (traceId: string) => until(`the trace ${traceId}`, () => collector.spans.some((span) => span.traceId === traceId && span.parentSpanId === CLIENT.spanId) && collector.spans.filter((span) => span.traceId === traceId));

  test.each(['in process', 'over HTTP'] as const)('goes from the client through gateway and subgraph to the database, %s, each span below whom it works for', async (way) => {
    const gateway = await start(way);
    const traceId = way === 'in process' ? CLIENT.traceId : CLIENT.traceId.replace('4', '5');
    const answer = await ask(gateway, 'query Everybody { contacts(first: 1) { edges { node { id } } } }', { traceparent: `00-${traceId}-${CLIENT.spanId}-01` });
    expect(answer).toEqual({ data: { contacts: { edges: [] } } });
    const spans = await complete(traceId);
    const request = childOf(CLIENT, spans, /^query$/);
    const plan = childOf(request, spans, /^plan$/);
    const fetched = childOf(request, spans, /^fetch crm$/);
    const inSubgraph = childOf(fetched, spans, /^query$/);
    const operation = childOf(inSubgraph, spans, /^prisma:client:operation$/);
    expect([request, plan, fetched, inSubgraph].map(({ kind }) => kind)).toEqual([SERVER, INTERNAL, CALLER, SERVER]);
    expect(request.attributes).toMatchObject({ 'graphql.operation.type': 'query', 'graphql.operation.name': 'Everybody', 'http.response.status_code': 200 });
    expect(inSubgraph.attributes).toMatchObject({ 'graphql.operation.type': 'query', 'buffrsign.subgraph': 'crm' });
    expect(operation.attributes).toMatchObject({ method: 'findMany', model: 'Contact' });
    expect(spans.some(({ name }) => name === 'prisma:client:db_query')).toBe(true);
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['under-test']));
    // Every span of the trace leads to the client's.
    const known = new Set([CLIENT.spanId, ...spans.map(({ spanId }) => spanId)]);
    expect(spans.filter(({ parentSpanId }) => !known.has(String(parentSpanId)))).toEqual([]);
  });

  test('keeps requests that are under way together apart', async () => {
    const gateway = await start('in process');
    const ids = Array.from({ length: 8 }, (_, index) => `${index}`.padStart(2, '0').repeat(16).replace(/^00/, 'aa'));
    await Promise.all(ids.map((traceId, index) => ask(gateway, `query Q${index} { contacts(first: 1) { edges { node { id } } } }`, { traceparent: `00-${traceId}-${CLIENT.spanId}-01` })));
    for (const traceId of ids) {
      const spans = await complete(traceId);
      expect(spans.filter(({ name }) => name === 'prisma:client:operation')).toHaveLength(1);
    }
  });

  test('begins at the gateway when the client has none, or says nonsense', async () => {
    const gateway = await start('in process');
    for (const headers of [{}, { traceparent: 'nonsense' }]) {
      await ask(gateway, 'query Rootless { contacts(first: 1) { edges { node { id } } } }', headers as Record<string, string>);
    }
    const roots = await until('both', () => {
      const found = collector.spans.filter(({ attributes, kind, parentSpanId }) => attributes['graphql.operation.name'] === 'Rootless' && kind === SERVER && parentSpanId === undefined);
      return found.length === 2 && found;
    });
    expect(new Set(roots.map(({ traceId }) => traceId)).size).toBe(2);
  });

  test('shows what failed, and holds no document, no variable and no token', async () => {
    const gateway = await start('over HTTP');
    const traceId = CLIENT.traceId.replace('4', '6');
    await ask(gateway, 'mutation ($input: CreateContactInput!) { createContact(input: $input) { __typename } first: contact(id: "literal-secret") { id } }', { traceparent: `00-${CLIENT.traceId.replace('4', '7')}-${CLIENT.spanId}-01` });
    await ask(gateway, 'mutation ($input: CreateContactInput!) { createContact(input: $input) { __typename } }', { traceparent: `00-${traceId}-${CLIENT.spanId}-01` }, { input: { kind: 'INDIVIDUAL', name: 'variable-secret', email: 'variable-secret@kalahari.example' } });
    const spans = await complete(traceId);
    childOf(childOf(CLIENT, spans, /^mutation$/), spans, /^fetch crm$/);
    await complete(CLIENT.traceId.replace('4', '7'));
    for (const secret of ['variable-secret', 'literal-secret', 'eyJ']) expect(collector.text()).not.toContain(secret);
  });
});
