import type { IncomingMessage } from 'node:http';

/** A body that is not read any further, and why, in words. */
export class BodyError extends Error {
  override name = 'BodyError';
  readonly status: 400 | 408 | 413 | 415;
  constructor(status: BodyError['status'], message: string) {
    super(message);
    this.status = status;
  }
}

const tooLarge = (most: number): BodyError => new BodyError(413, `The request body is larger than the ${most} bytes that are allowed. Send files by upload, not inside of an operation.`);

const read = async (request: IncomingMessage, most: number): Promise<string> => {
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * Reads a JSON body; `undefined` for one of another type, which the GraphQL server then refuses.
 *
 * @throws BodyError when it is too large, compressed, or not JSON although it says so.
 */
export const readJson = async (request: IncomingMessage, most: number): Promise<unknown> => {
  if (request.headers['content-encoding'] !== undefined) throw new BodyError(415, 'Compressed request bodies are not accepted. Send the body as it is.');
  const text = await read(request, most);
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new BodyError(400, 'The request body is not valid JSON.');
  }
};
