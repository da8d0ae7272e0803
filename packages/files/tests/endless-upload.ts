import { openFileStore } from '../src/index.ts';

/** Starts an upload that never ends, says so once its first bytes are on disk, and waits to be killed. */
const [, , directory = ''] = process.argv;
const store = await openFileStore({ kind: 'disk', directory });

async function* endless(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(100_000);
  // Asked for more: what came before has been written.
  process.send?.('writing');
  await new Promise((never) => setTimeout(never, 2 ** 31 - 1));
}

await store.put('org_1', endless(), { maxBytes: 1_000_000 });
