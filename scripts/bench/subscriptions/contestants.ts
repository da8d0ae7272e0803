import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gatewayNodeOptions } from '../../distributed/compose-file.ts';
import { benchEnv, cpuOf, startFile } from '../process.ts';
import type { Await, Received, Start } from './clients.ts';
import type { Append } from './source.ts';
import { composeTopics } from './topics.ts';

export const OURS = 'this gateway';
export const BARE = 'bare graphql-ws';

/** A server in a process of its own, and the process where what it sends happens: the same, or a subgraph behind it. */
export interface Contestant {
  readonly name: string;
  readonly port: number;
  cpu(): Promise<number>;
  /** Lets facts happen; resolves when the last one did. */
  append(what: Append): Promise<Await>;
}

/** Clients of a contestant, in a process of their own. */
export interface Clients {
  receive(round: Await): Promise<Received>;
  stop(): Promise<void>;
}

const file = (name: string): URL => new URL(name, import.meta.url);

const ask = async <Answer>(child: ChildProcess, message: object): Promise<Answer> => {
  const answered = once(child, 'message');
  child.send(message);
  return ((await answered) as [Answer])[0];
};

const contestant = (name: string, server: { child: ChildProcess; said: { port: number } }, source: ChildProcess): Contestant => ({
  name,
  port: server.said.port,
  cpu: () => cpuOf(server.child.pid!),
  append: (what) => ask<Await>(source, what),
});

/** Starts both; `undo` is told how to stop what was started. */
export const startContestants = async (directory: string, jwksUrl: string, undo: (step: () => unknown) => void): Promise<readonly [Contestant, Contestant]> => {
  // As the gateway is started where it serves people, and the other alike, so that nothing comes of that.
  const nodeOptions = await gatewayNodeOptions('docker-compose.yml');
  const start = async (name: string, program: string, args: readonly string[]) => {
    const started = await startFile<{ port: number }>(name, file(program), args, { nodeOptions });
    undo(() => started.child.connected && started.child.disconnect());
    return started;
  };
  const bare = await start(BARE, 'source.ts', []);
  const subgraph = await start('subgraph', 'source.ts', []);
  const supergraph = join(directory, 'supergraph.graphql');
  await writeFile(supergraph, composeTopics(`http://127.0.0.1:${subgraph.said.port}/graphql`));
  const ours = await start(OURS, 'ours.ts', [supergraph, jwksUrl]);
  return [contestant(OURS, ours, subgraph.child), contestant(BARE, bare, bare.child)];
};

/** Opens clients until each has its first event. */
export const startClients = async ({ name, port }: Contestant, tokens: readonly string[], say: (line: string) => void): Promise<Clients> => {
  const began = performance.now();
  const count = (number: number): string => number.toLocaleString('en');
  const child = fork(fileURLToPath(file('clients.ts')), { env: benchEnv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const exit = once(child, 'exit');
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message: { opened?: number; ready?: true }) => {
      if (message.opened) say(`  ${name}: ${count(message.opened)} of ${count(tokens.length)} clients subscribed after ${((performance.now() - began) / 1_000).toFixed(0)} s`);
      if (message.ready) resolve();
    });
  });
  child.send({ port, tokens } satisfies Start);
  await Promise.race([ready, exit.then(() => Promise.reject(new Error(`The clients of ${name} ended`)))]);
  return {
    receive: async (round) => (await ask<{ received: Received }>(child, round)).received,
    async stop() {
      child.disconnect();
      await exit;
    },
  };
};
