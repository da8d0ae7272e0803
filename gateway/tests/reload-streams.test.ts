import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { follow, openClient, ticksOf, upTo } from './support/follower.ts';
import { MULTIPART, openHttpStream, partsOf, SSE, sseOf } from './support/http-stream.ts';
import { startLogPlatform, type LogPlatform } from './support/log-platform.ts';

const RELOADED = 'SUBSCRIPTION_SCHEMA_RELOAD';
const patiently = <Value>(read: () => Value) => expect.poll(read, { timeout: 25_000 });

describe('streams of a gateway that takes another supergraph', () => {
  let platform: LogPlatform;
  let times = 0;
  beforeEach(async () => {
    platform = await startLogPlatform();
  });
  afterEach(() => platform.stop());
  const reload = (): Promise<void> => platform.gateway.reload(`# ${(times += 1)}\n${platform.supergraphSdl}`);

  it('end with the code on a socket, and go on from their cursors without a gap or a repetition, time after time', async () => {
    const client = openClient(platform.gateway.subscriptionUrl);
    let followers = [follow(client, ticksOf('a', 'kind n', 'news')), follow(client, ticksOf('a'))];
    await patiently(() => platform.source.readers()).toBeGreaterThan(0);
    const seen: number[][] = [[], []];
    let written = 0;
    const write = (): void => (platform.source.write('a'), void (written += 1));
    write();
    await patiently(() => followers.map(({ numbers }) => numbers().at(-1))).toEqual([1, 1]);
    for (let swap = 0; swap < 4; swap += 1) {
      await reload();
      await patiently(() => followers.map(({ over }) => over())).toEqual(['complete', 'complete']);
      expect(followers.flatMap(({ codes }) => codes())).toEqual([RELOADED, RELOADED]);
      for (const [index, { numbers }] of followers.entries()) seen[index]!.push(...numbers());
      write();
      followers = followers.map(({ cursor }, index) => follow(client, index === 0 ? ticksOf('a', 'kind n', 'news') : ticksOf('a'), cursor()));
      write();
      await patiently(() => followers.map(({ numbers }) => numbers().at(-1))).toEqual([written, written]);
    }
    for (const [index, { numbers }] of followers.entries()) seen[index]!.push(...numbers());
    expect(seen.map((numbers) => numbers.filter((n) => n > 0))).toEqual([upTo(written), upTo(written)]);
    await client.dispose();
  });

  it.each([
    ['server-sent events', SSE, (text: string) => sseOf(text).map(({ event, data }) => (event === 'next' ? (JSON.parse(data) as any) : undefined)).filter(Boolean)],
    ['multipart', MULTIPART, (text: string) => partsOf(text).map(({ payload, errors }) => payload ?? { errors }).filter(Boolean)],
  ])('end with the code over HTTP as %s', async (_how, accept, read) => {
    const stream = await openHttpStream(platform.gateway.url, { accept, query: ticksOf('a') });
    await patiently(() => read(stream.text()).length).toBe(1);
    await reload();
    await patiently(stream.ended).toBe(true);
    expect(JSON.stringify(read(stream.text()).at(-1))).toContain(RELOADED);
  });
});
