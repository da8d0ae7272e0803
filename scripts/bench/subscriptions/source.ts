import { readCursor } from '@buffrsign/kernel/gateway';
import { GraphQLSchema, parse, type ExecutionResult } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { nextOf, QUERY, resultOf, TOPICS, topicOf } from './topics.ts';

/**
 * A bare graphql-ws server with a log, as a process. It is the subgraph behind the gateway, and, in another process, what
 * the gateway is measured against: it sends the same results to the clients, straight from its memory.
 */

/** Appends so many facts, so many a second, and says when each was. */
export interface Append {
  readonly facts: number;
  readonly perSecond: number;
}

let head = 0;
const waiting = Array.from({ length: TOPICS }, () => new Set<() => void>());

const streamOf = (topic: number, cursor: string | undefined): AsyncIterableIterator<ExecutionResult> => {
  let position = cursor === undefined ? undefined : Number(readCursor(cursor)!.sequence);
  let over = false;
  let release = (): void => undefined;
  const wake = (): void => release();
  waiting[topic]!.add(wake);
  const stream: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => stream,
    async next() {
      if (position === undefined) {
        position = head;
        return { done: false, value: resultOf(topic, head, 'SNAPSHOT') };
      }
      const next = nextOf(topic, position);
      while (next > head && !over) await new Promise<void>((resolve) => (release = resolve));
      if (over) return { done: true, value: undefined };
      position = next;
      return { done: false, value: resultOf(topic, next, 'EVENT') };
    },
    async return() {
      over = true;
      waiting[topic]!.delete(wake);
      wake();
      return { done: true, value: undefined };
    },
  };
  return stream;
};

const append = ({ facts, perSecond }: Append): void => {
  const times = new Float64Array(facts);
  const began = performance.now();
  const first = head + 1;
  const timer = setInterval(() => {
    const due = Math.min(facts, Math.ceil(((performance.now() - began) / 1_000) * perSecond));
    while (head < first - 1 + due) {
      head += 1;
      times[head - first] = Number(process.hrtime.bigint());
      for (const wake of waiting[topicOf(head)]!) wake();
    }
    if (due < facts) return;
    clearInterval(timer);
    process.send?.({ first, times: [...times] });
  }, 1);
};

const http = createServer((_request, response) => response.writeHead(404).end());
const document = parse(QUERY);
const schema = new GraphQLSchema({});
useServer(
  {
    // Neither parsed nor validated: what it costs to subscribe is not what is measured, and would only be more.
    onSubscribe: (_context, _id, { variables, extensions }) => ({ schema, document, variableValues: variables ?? {}, contextValue: extensions?.['cursor'] }),
    // The gateway's plan has names of its own for variables; there is one.
    subscribe: ({ variableValues, contextValue }) => streamOf(Number(Object.values(variableValues ?? {})[0]), contextValue as string | undefined),
  },
  new WebSocketServer({ server: http }),
);
http.listen({ port: 0, host: '127.0.0.1', backlog: 1_024 }, () => process.send?.({ port: (http.address() as AddressInfo).port }));
process.on('message', (message) => append(message as Append));
process.on('disconnect', () => process.exit(0));
