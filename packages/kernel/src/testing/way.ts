import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server, over which a test decides. */
export interface Way {
  readonly url: string;
  /** Breaks every connection and lets none through, until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Opens a way to the server of a URL, such as `redis://…`; the URL of the way differs in host and port only. */
export const openWay = async (serverUrl: string): Promise<Way> => {
  const to = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // A connection that is broken on purpose has nothing to say about it.
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const breakAll = (): void => sockets.forEach((socket) => socket.destroy());
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = keep(connect(Number(to.port), to.hostname));
    keep(near).pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.toString(),
    cut() {
      isCut = true;
      breakAll();
    },
    mend() {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
};
