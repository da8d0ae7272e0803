import { execute, parse } from 'graphql';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { shopSchema, shopSubgraphs, type ShopSubgraph } from './shop.ts';

/** The subgraphs as a process: each request is worked out once, then answered with the bytes that are known. */
const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

const serve = async (name: ShopSubgraph): Promise<string> => {
  const schema = shopSchema(name);
  const known = new Map<string, Buffer>();
  const workOut = async (text: string): Promise<Buffer> => {
    const { query, variables, operationName } = JSON.parse(text) as { query: string; variables?: Record<string, unknown>; operationName?: string };
    return Buffer.from(JSON.stringify(await execute({ schema, document: parse(query), variableValues: variables, operationName })));
  };
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    const answer = known.get(text) ?? (await workOut(text));
    known.set(text, answer);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
  });
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
};

const urls = Object.fromEntries(await Promise.all(shopSubgraphs.map(async (name) => [name, await serve(name)] as const)));
process.send?.({ urls });
process.on('disconnect', () => process.exit(0));
