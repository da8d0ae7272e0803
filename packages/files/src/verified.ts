import { createHash } from 'node:crypto';
import { pipeline, Transform, type Readable } from 'node:stream';
import { fileDamaged, storeFailure } from './errors.ts';

/**
 * Passes content on while hashing it, one chunk behind: the last chunk leaves only when the hash is right,
 * so whoever reads a damaged file is left without its end and with a `FILE_DAMAGED` error.
 */
export function verified(source: Readable, sha256: string): Readable {
  const hash = createHash('sha256');
  let held: Uint8Array | undefined;
  const check = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk);
      if (held) this.push(held);
      held = chunk;
      done();
    },
    flush(done) {
      if (hash.digest('hex') !== sha256) return done(fileDamaged(sha256));
      if (held) this.push(held);
      done();
    },
    destroy(error, done) {
      done(error && storeFailure(error));
    },
  });
  // The error, if any, is the reader's: `check` carries it.
  pipeline(source, check, () => undefined);
  return check;
}

/** Reads a stream to its end. */
export async function collect(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
