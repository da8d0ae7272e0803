import { connect, openRaw } from './client.ts';
import { openConnection, type RawConnection } from './raw-http.ts';

/** One act that a client asked for, and what it heard. */
export interface Act {
  readonly id: string;
  readonly answered: boolean;
  /** Asked on a connection that had answered before and had not said that this was its last answer. */
  readonly onKept: boolean;
}

const act = (id: string) => ({ query: 'mutation Act($id: ID!) { act(id: $id) }', variables: { id } });

let count = 0;
const newAct = (how: string): string => `${how}-${(count += 1)}`;

const isDone = (answer: { status: number; body: any } | undefined, id: string): boolean => answer?.status === 200 && answer.body.data?.act === id;

/** Asks for one act after another on connections that are kept, until nobody takes a connection any more; several at once when it sends ahead. */
const keepActing = async (url: string, acts: Act[], { ahead, kept }: { ahead: number; kept: boolean }): Promise<void> => {
  for (;;) {
    let connection: RawConnection;
    try {
      connection = await openConnection(url);
    } catch {
      return;
    }
    let used = false;
    for (let over = false; !over; ) {
      const ids = Array.from({ length: ahead }, () => newAct(ahead > 1 ? 'ahead' : kept ? 'kept' : 'fresh'));
      let [last, heard] = [false, used];
      const answers = await Promise.all(ids.map((id) => connection.post(act(id))));
      for (const [index, answer] of answers.entries()) {
        // What follows an answer that was the last one was sent in vain, and its client knows.
        acts.push({ id: ids[index]!, answered: isDone(answer, ids[index]!), onKept: heard && !last });
        heard ||= answer !== undefined;
        last ||= answer?.last ?? false;
      }
      used = true;
      over = !kept || last || answers.includes(undefined);
    }
    connection.close();
  }
};

/** Asks for one act after another on a WebSocket until it is closed; gives the code of its closing. */
const keepActingOnSocket = async (url: string, acts: Act[]): Promise<number> => {
  const { socket, say, closed } = await openRaw(url);
  const waiting = new Map<string, () => void>();
  const begin = (): void => {
    const id = newAct('socket');
    const note = { id, answered: false, onKept: true };
    acts.push(note);
    waiting.set(id, () => (note.answered = true));
    say({ id, type: 'subscribe', payload: act(id) });
  };
  socket.on('message', (data) => {
    const { id, type, payload } = JSON.parse(String(data)) as { id: string; type: string; payload: any };
    if (type === 'connection_ack') for (let parallel = 0; parallel < 3; parallel += 1) begin();
    if (type === 'next' && payload.data?.act === id) waiting.get(id)?.();
    if (type === 'complete') begin();
  });
  say({ type: 'connection_init' });
  return (await closed).code;
};

/** Every kind of client at once. */
export const startLoad = (url: string) => {
  const acts: Act[] = [];
  const over = [
    ...Array.from({ length: 4 }, () => keepActing(url, acts, { ahead: 1, kept: true })),
    ...Array.from({ length: 2 }, () => keepActing(url, acts, { ahead: 4, kept: true })),
    keepActing(url, acts, { ahead: 1, kept: false }),
  ];
  const closings = Array.from({ length: 2 }, () => keepActingOnSocket(url.replace('http', 'ws'), acts));
  const client = connect(url.replace('http', 'ws'));
  const stream = new Promise<unknown>((resolve) => client.subscribe({ query: 'subscription { counted { value } }' }, { next: () => undefined, error: resolve, complete: () => resolve('complete') }));
  return {
    acts,
    /** The codes that sockets were closed with, when all clients gave up. */
    ended: async (): Promise<{ codes: number[]; stream: unknown }> => {
      await Promise.all(over);
      return { codes: await Promise.all(closings), stream: await stream };
    },
  };
};
