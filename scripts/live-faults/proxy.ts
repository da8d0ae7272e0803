import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The network between clients and the gateway: it can be cut. */
export interface Proxy {
  readonly port: number;
  /** Cuts each connection that `random` chooses: at once, or in the middle of what comes next. */
  cut(random: () => number): void;
  stop(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** How much of what comes next still goes through, before the end. */
  share: number | undefined;
}

const end = ({ client, server }: Pair): void => {
  client.destroy();
  server.destroy();
};

const pass = (pair: Pair): void => {
  const { client, server } = pair;
  client.on('data', (chunk) => server.write(chunk));
  server.on('data', (chunk) => {
    if (pair.share === undefined) return void client.write(chunk);
    client.write(chunk.subarray(0, Math.floor(pair.share * chunk.length)), () => end(pair));
    server.pause();
  });
  for (const socket of [client, server]) socket.on('error', () => end(pair)).on('close', () => end(pair));
};

export const startProxy = async (target: number): Promise<Proxy> => {
  const pairs = new Set<Pair>();
  const listener = createServer((client) => {
    const pair: Pair = { client, server: connect({ port: target, host: '127.0.0.1' }), share: undefined };
    pairs.add(pair);
    client.once('close', () => pairs.delete(pair));
    pass(pair);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    cut(random) {
      for (const pair of [...pairs]) {
        const dice = random();
        if (dice < 0.25) end(pair);
        else if (dice < 0.5) pair.share = random();
      }
    },
    async stop() {
      listener.close();
      for (const pair of [...pairs]) end(pair);
      await once(listener, 'close');
    },
  };
};
