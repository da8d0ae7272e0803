import { afterEach } from 'vitest';
import type { GatewayOptions } from '../../src/index.ts';
import { openHttpStream, partsOf, sseOf, type HttpStream } from './http-stream.ts';
import { startLogPlatform, type LogPlatform } from './log-platform.ts';
import { ticksOf } from './follower.ts';

export const resultsOf = (stream: HttpStream) =>
  stream.response.headers['content-type']!.startsWith('multipart') ? partsOf(stream.text()).map(({ payload }) => payload) : sseOf(stream.text()).filter(({ event }) => event === 'next').map(({ data }) => JSON.parse(data));

export const httpNumbersOf = (stream: HttpStream): number[] => resultsOf(stream).flatMap((result) => result?.data?.ticks?.n ?? []);

/** A platform and its streams over HTTP for each test of a file, and a clock that can be set ahead; gone when the test is over. */
export const useHttpStreams = () => {
  let platform: LogPlatform | undefined;
  const clock = { ahead: 0 };
  const streams: HttpStream[] = [];
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.leave();
    await platform?.stop();
    platform = undefined;
  });
  return {
    clock,
    async start(more: Partial<GatewayOptions> = {}): Promise<LogPlatform> {
      clock.ahead = 0;
      return (platform = await startLogPlatform('in process', { now: () => new Date(Date.now() + clock.ahead), ...more }));
    },
    async open(accept: string, query = ticksOf('a'), more: { extensions?: unknown; headers?: Record<string, string> } = {}): Promise<HttpStream> {
      const stream = await openHttpStream(platform!.gateway.url, { accept, query, ...more });
      streams.push(stream);
      return stream;
    },
  };
};
