import { createLogger, openTelemetry, run, type OpenedTelemetry, type Running } from '@buffrsign/kernel/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, subscribe } from './support/client.ts';
import { startPlatform, type Platform } from './support/platform.ts';

const log = createLogger('gateway', 'silent');

describe('the figures of the gateway', () => {
  let telemetry: OpenedTelemetry;
  let seeing: Running;
  let platform: Platform;
  beforeAll(async () => {
    telemetry = await openTelemetry('gateway', { METRICS_PORT: '0' }, log);
    seeing = await run([telemetry.part], log);
    platform = await startPlatform('over HTTP', { telemetry });
  });
  afterAll(async () => {
    await platform.stop();
    await seeing.stop();
  });

  const scrape = async (): Promise<string> => (await fetch(telemetry.metricsUrl()!)).text();
  /** The value of one series, by its name and a part of its labels. */
  const valueOf = async (name: string, ...labels: string[]): Promise<number | undefined> => {
    const line = (await scrape()).split('\n').find((each) => each.startsWith(`${name}{`) && labels.every((label) => each.includes(label)));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
  const operations = (kind: string, outcome: string) => valueOf('graphql_server_operation_duration_seconds_count', `graphql_operation_type="${kind}"`, `outcome="${outcome}"`);

  it('are served on a port of their own, on this machine only, and not where the graph is', async () => {
    expect(new URL(telemetry.metricsUrl()!).port).not.toBe(new URL(platform.gateway.url).port);
    expect(await scrape()).toContain('process_cpu_seconds_total');
    expect((await fetch(new URL('/metrics', platform.gateway.url))).status).toBe(404);
  });

  it('count operations by kind and outcome, and fetches by subgraph and outcome', async () => {
    await platform.ask('{ things { owner { name } } }');
    await platform.ask('mutation { touch(id: "t1") { id } }');
    await platform.ask('{ nothing }');
    expect([await operations('query', 'ok'), await operations('mutation', 'ok'), await operations('unknown', 'refused')]).toEqual([1, 1, 1]);
    const fetches = (subgraph: string) => valueOf('gateway_fetch_duration_seconds_count', `subgraph="${subgraph}"`, 'outcome="ok"');
    expect([await fetches('users'), await fetches('things')]).toEqual([1, 2]);
    expect(await valueOf('graphql_server_errors_total', 'code="GRAPHQL_VALIDATION_FAILED"')).toBe(1);
  });

  it('tell how often documents and plans were there already', async () => {
    const before = await Promise.all(['hit', 'miss'].flatMap((result) => ['documents', 'plans'].map((cache) => valueOf('gateway_cache_requests_total', `cache="${cache}"`, `result="${result}"`))));
    for (let time = 0; time < 3; time += 1) await platform.ask('query Kept { users { name } }');
    const after = await Promise.all(['hit', 'miss'].flatMap((result) => ['documents', 'plans'].map((cache) => valueOf('gateway_cache_requests_total', `cache="${cache}"`, `result="${result}"`))));
    expect(after.map((value, index) => value! - before[index]!)).toEqual([2, 2, 1, 1]);
  });

  it('tell what is open: sockets and subscriptions, down to none', async () => {
    const open = async () => [await gauge('gateway_sockets_open'), await gauge('gateway_subscriptions_open')];
    const gauge = async (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await scrape())?.[1]);
    const client = connect(platform.gateway.subscriptionUrl);
    const { leave } = subscribe(client, 'subscription { counted { value } }');
    await expect.poll(open).toEqual([1, 1]);
    leave();
    await client.dispose();
    await expect.poll(open).toEqual([0, 0]);
  });

  it('never have a label that a client chose, however many names it invents', async () => {
    const seriesOf = async (): Promise<number> => (await scrape()).split('\n').filter((line) => /^(graphql|gateway)_/.test(line)).length;
    await platform.ask('query First { users { id } }');
    const before = await seriesOf();
    for (let time = 0; time < 20; time += 1) await platform.ask(`query Invented${time} { users { id } }`);
    expect(await seriesOf()).toBe(before);
    expect(await scrape()).not.toMatch(/Invented|usr_|req_|127\.0\.0\.1/);
  });

  it('show a subgraph that is left alone because it does not answer', async () => {
    expect(await valueOf('gateway_breaker_open', 'subgraph="users"')).toBe(0);
    await platform.users.stop();
    for (let time = 0; time < 10; time += 1) await platform.ask('{ users { id } }');
    expect(await valueOf('gateway_breaker_open', 'subgraph="users"')).toBe(1);
    expect(await valueOf('gateway_breaker_open', 'subgraph="things"')).toBe(0);
    expect(await valueOf('gateway_fetch_duration_seconds_count', 'subgraph="users"', 'outcome="failed"')).toBeGreaterThanOrEqual(10);
  });

  it('are not there unless they are asked for', async () => {
    const quiet = await openTelemetry('gateway', {}, log);
    const running = await run([quiet.part], log);
    expect([quiet.metrics, quiet.tracer, quiet.metricsUrl()]).toEqual([undefined, undefined, undefined]);
    await running.stop();
  });

  it('and a wrong setting is named', async () => {
    await expect(openTelemetry('gateway', { METRICS_PORT: 'many', OTEL_EXPORTER_OTLP_ENDPOINT: 'nowhere' }, log)).rejects.toThrow(/METRICS_PORT[\s\S]*OTEL_EXPORTER_OTLP_ENDPOINT/);
  });
});
