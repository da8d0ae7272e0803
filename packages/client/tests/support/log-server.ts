import { buildSchema, GraphQLError, parse, type ExecutionResult } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

const schema = buildSchema('type Query { now: Int } type Mutation { act: Int } type Subscription { happened(topic: String!): Int }');

type Outcome = { readonly result: ExecutionResult } | { readonly done: true };

/** One stream of one client, from a place in the log on. Made by hand, so that it can be ended while it waits. */
interface Stream extends AsyncIterableIterator<ExecutionResult> {
  readonly topic: string;
  wake(): void;
  /** What the client gets last, in place of what might come. */
  endWith(outcome: Outcome): void;
}

const refusal = (code: string): ExecutionResult => ({ errors: [new GraphQLError(`Not now: ${code}`, { extensions: { code } })] });

const readCursor = (cursor: string | undefined): number | undefined => (cursor === undefined ? undefined : Number(/^after-(\d+)$/.exec(cursor)?.[1] ?? Number.NaN));

/** A graphql-ws server with a log for each topic, which honours `extensions.cursor`, and which can be made to fail. */
export const startLogServer = async () => {
  const logs = new Map<string, number[]>();
  const streams = new Set<Stream>();
  const asked: { readonly cursor: string | undefined; readonly authorization: unknown }[] = [];
  const counts = { connections: 0, acts: 0 };
  const server = { oldestKept: 0, refuseNext: [] as string[], withCursors: true, isGood: (_authorization: unknown): boolean => true };
  let http: Server;
  let sockets: WebSocketServer;
  let port = 0;

  const logOf = (topic: string): number[] => logs.get(topic) ?? logs.set(topic, []).get(topic)!;

  const open = (topic: string, from: number): Stream => {
    const log = logOf(topic);
    let position = from;
    let last: Outcome | undefined;
    let wake = (): void => undefined;
    const stream: Stream = {
      topic,
      [Symbol.asyncIterator]: () => stream,
      async next() {
        while (position >= log.length && !last) await new Promise<void>((resolve) => (wake = resolve));
        if (last) {
          const outcome = last;
          last = { done: true };
          streams.delete(stream);
          return 'result' in outcome ? { done: false, value: outcome.result } : { done: true, value: undefined };
        }
        position += 1;
        return { done: false, value: { data: { happened: log[position - 1]! }, ...(server.withCursors && { extensions: { cursor: `after-${position}` } }) } };
      },
      async return() {
        stream.endWith({ done: true });
        streams.delete(stream);
        return { done: true, value: undefined };
      },
      wake: () => wake(),
      endWith(outcome) {
        last = outcome;
        wake();
      },
    };
    streams.add(stream);
    return stream;
  };

  const subscribe = (topic: string, cursor: string | undefined): Stream | ExecutionResult => {
    const refused = server.refuseNext.shift();
    if (refused) return refusal(refused);
    const from = readCursor(cursor) ?? logOf(topic).length;
    if (Number.isNaN(from) || from > logOf(topic).length) return refusal('CURSOR_INVALID');
    return from < server.oldestKept ? refusal('CURSOR_EXPIRED') : open(topic, from);
  };

  const start = async (): Promise<void> => {
    http = createServer();
    sockets = new WebSocketServer({ server: http });
    useServer<{ authorization?: unknown }, { socket: WebSocket }>(
      {
        onConnect: ({ connectionParams }) => ((counts.connections += 1), server.isGood(connectionParams?.authorization)),
        onSubscribe: ({ connectionParams }, _id, { query, variables, extensions }) => {
          const cursor = extensions?.['cursor'] as string | undefined;
          asked.push({ cursor, authorization: connectionParams?.authorization });
          return { schema, document: parse(query), variableValues: variables ?? {}, contextValue: cursor };
        },
        execute: () => ((counts.acts += 1), refusal('UNAVAILABLE')),
        subscribe: ({ variableValues, contextValue }) => subscribe(String(variableValues?.['topic']), contextValue as string | undefined),
      },
      sockets,
    );
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
    port = (http.address() as AddressInfo).port;
  };
  const stop = async (): Promise<void> => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    http.close();
    http.closeAllConnections();
    await once(http, 'close');
    for (const stream of [...streams]) await stream.return!();
  };
  await start();

  return {
    server,
    counts,
    asked,
    url: `ws://127.0.0.1:${port}`,
    append(topic: string, value: number): void {
      logOf(topic).push(value);
      for (const stream of streams) stream.wake();
    },
    /** Breaks connections as a network does: no close frame. Those that `which` chooses, or all. */
    cut: (which: (socket: WebSocket) => boolean = () => true): void => [...sockets.clients].filter(which).forEach((socket) => socket.terminate()),
    close: (code: number): void => sockets.clients.forEach((socket) => socket.close(code)),
    /** Ends all streams with an error in place of an event, as a gateway that is given a new schema does. */
    interrupt: (code: string): void => [...streams].forEach((stream) => stream.endWith({ result: refusal(code) })),
    complete: (): void => [...streams].forEach((stream) => stream.endWith({ done: true })),
    open: (): number => streams.size,
    sockets: (): number => sockets.clients.size,
    start,
    stop,
  };
};

export type LogServer = Awaited<ReturnType<typeof startLogServer>>;

export const HAPPENED = 'subscription Happened($topic: String!) { happened(topic: $topic) }';
