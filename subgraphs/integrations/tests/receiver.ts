import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server on loopback that keeps what it was told. The path decides what it answers: `/500`, `/302`, `/silent`; `/held` waits for `release`. */
export const receiverUnderTest = () => {
  const received: Received[] = [];
  const held: ServerResponse[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      received.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString() });
      const status = Number(/^\/(\d{3})/.exec(path)?.[1] ?? 200);
      if (path.startsWith('/silent')) return;
      if (path.startsWith('/held')) return void held.push(response);
      response.writeHead(status, { ...(status === 302 && { location: '/200' }), ...(status === 429 && { 'retry-after': '3600' }) }).end('ignored');
    });
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const port = () => (server.address() as AddressInfo).port;
  const release = (status: number) => held.shift()?.writeHead(status).end();
  return { received, release, port, url: (path: string) => `http://127.0.0.1:${port()}${path}`, at: (path: string) => received.filter((message) => message.path === path) };
};
