import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startPlatform, type Platform } from '../support/platform.ts';
import { openTcp, type RawConnection } from './support.ts';

const head = (lines: readonly string[]): string => ['POST /graphql HTTP/1.1', 'host: localhost', 'content-type: application/json', ...lines, '', ''].join('\r\n');

describe('connections that are held open', () => {
  let platform: Platform;
  const open: RawConnection[] = [];
  const connectRaw = async (): Promise<RawConnection> => {
    const raw = await openTcp(platform.gateway.url);
    open.push(raw);
    return raw;
  };
  beforeEach(() => {
    open.length = 0;
  });
  afterEach(async () => {
    for (const { socket } of open) socket.destroy();
    await platform.stop();
  });

  it('without a word are closed when the time for a head is over', async () => {
    platform = await startPlatform('in process', { limits: { headersMs: 200 } });
    expect(await (await connectRaw()).ended).toMatch(/^HTTP\/1\.1 408 |^$/);
  });

  it('with a head that comes line by line are closed when its time is over', async () => {
    platform = await startPlatform('in process', { limits: { headersMs: 200 } });
    const { socket, ended } = await connectRaw();
    socket.write('POST /graphql HTTP/1.1\r\nhost: localhost\r\n');
    const drip = setInterval(() => socket.write('x-more: 1\r\n'), 100);
    expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
  });

  it('with a head that does not end are refused by 431', async () => {
    platform = await startPlatform('in process');
    const { socket, ended } = await connectRaw();
    socket.write(`POST /graphql HTTP/1.1\r\nx-more: ${'x'.repeat(20_000)}`);
    expect(await ended).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('with a body that comes byte by byte are answered by 408 and closed, although something always comes', async () => {
    platform = await startPlatform('in process', { limits: { bodyMs: 300 } });
    const { socket, ended } = await connectRaw();
    socket.write(head(['content-length: 1000']));
    const drip = setInterval(() => socket.write(' '), 50);
    const answer = await ended;
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"TOO_SLOW"');
    expect(answer).toMatch(/connection: close/i);
    expect(platform.sent()).toBe('');
  });

  it('with a body that comes slowly are let be where it is passed through', async () => {
    let bytes = 0;
    const other = createServer(async (request, response) => {
      for await (const chunk of request as AsyncIterable<Buffer>) bytes += chunk.length;
      response.end('taken');
    });
    await once(other.listen(0, '127.0.0.1'), 'listening');
    platform = await startPlatform('in process', { limits: { bodyMs: 50 }, passThrough: [{ method: 'POST', path: '/files', target: `http://127.0.0.1:${(other.address() as AddressInfo).port}/` }] });
    const { socket, received } = await connectRaw();
    socket.write('POST /files HTTP/1.1\r\nhost: localhost\r\ncontent-length: 20\r\n\r\n');
    let left = 20;
    const drip = setInterval(() => {
      socket.write('x');
      left -= 1;
      if (left === 0) clearInterval(drip);
    }, 20);
    await expect.poll(received).toContain('taken');
    expect(bytes).toBe(20);
    other.close();
    other.closeAllConnections();
  });

  it('from one address are refused by 429, in words, when there are too many, and nothing on them is carried out', async () => {
    platform = await startPlatform('in process', { limits: { connectionsPerAddress: 3 } });
    for (let count = 0; count < 3; count += 1) await connectRaw();
    const { socket, ended } = await connectRaw();
    socket.write(`${head(['content-length: 30'])}{"query":"{ users { id } }"}   `);
    const answer = await ended;
    expect(answer).toMatch(/^HTTP\/1\.1 429 /);
    expect(answer).toContain('"code":"RATE_LIMITED"');
    expect(platform.sent()).toBe('');
    open[0]!.socket.destroy();
    await open[0]!.ended;
    await expect.poll(async () => (await platform.ask('{ users { id } }').catch(() => undefined))?.status).toBe(200);
  });

  it('by WebSocket count as well', async () => {
    platform = await startPlatform('in process', { limits: { connectionsPerAddress: 1 } });
    await connectRaw();
    const socket = new WebSocket(platform.gateway.subscriptionUrl, 'graphql-transport-ws');
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('429');
  });

  it('from a trusted proxy, which many clients share, are not counted by address', async () => {
    platform = await startPlatform('in process', { limits: { connectionsPerAddress: 1 }, trustedProxies: ['127.0.0.1'] });
    for (let count = 0; count < 3; count += 1) await connectRaw();
    expect((await platform.ask('{ users { id } }')).status).toBe(200);
  });

  it('are closed when there are too many in all, and let in again when some are gone', async () => {
    platform = await startPlatform('in process', { limits: { connections: 2 } });
    const [first] = [await connectRaw(), await connectRaw()];
    expect(await (await connectRaw()).ended).toBe('');
    first.socket.destroy();
    await expect.poll(async () => (await platform.ask('{ users { id } }').catch(() => undefined))?.status).toBe(200);
  });
});
