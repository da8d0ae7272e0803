import type { IncomingMessage } from 'node:http';
import type { Limits } from '../limits/limits.ts';
import { HttpError } from './http-error.ts';

const tooLarge = (most: number): HttpError => new HttpError(413, `The request body is larger than the ${most} bytes that are allowed. Send files by upload, not inside of an operation.`);

const tooSlow = (ms: number): HttpError => new HttpError(408, `The request body did not arrive within ${ms / 1000} seconds. Send it again.`, 'TOO_SLOW');

const read = (request: IncomingMessage, { bodyBytes: most, bodyMs }: BodyLimits): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= most) return void chunks.push(chunk);
      clearTimeout(deadline);
      request.off('data', take).pause();
      reject(tooLarge(most));
    };
    const brokenOff = (): void => {
      clearTimeout(deadline);
      reject(new HttpError(400, 'The request ended before its body did.'));
    };
    const deadline = setTimeout(() => {
      request.off('data', take).pause();
      reject(tooSlow(bodyMs));
    }, bodyMs);
    request
      .on('data', take)
      .once('error', brokenOff)
      .once('close', brokenOff)
      .once('end', () => {
        clearTimeout(deadline);
        request.off('close', brokenOff);
        resolve(chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString());
      });
  });

/** What nearly all clients send, so that there is nothing to be looked at closer. */
const PLAIN_JSON = 'application/json';
const isJson = /^application\/(json|graphql-response\+json)\s*(;|$)/i;

/** What bounds the body of an operation. */
export type BodyLimits = Pick<Limits, 'bodyBytes' | 'bodyMs'>;

const checkType = (type: string): void => {
  if (type === PLAIN_JSON) return;
  if (/^multipart\//i.test(type)) throw new HttpError(415, 'Multipart requests are not accepted. Send files by upload, and the operation as application/json.');
  if (!isJson.test(type)) throw new HttpError(415, 'Send the operation as JSON, with the header content-type: application/json.');
};

/**
 * Reads a JSON body.
 *
 * @throws HttpError when it is too large, too slow, compressed, of another type or no JSON.
 */
export const readJson = async (request: IncomingMessage, limits: BodyLimits): Promise<unknown> => {
  const { headers } = request;
  if (headers['content-encoding'] !== undefined) throw new HttpError(415, 'Compressed request bodies are not accepted. Send the body as it is.');
  checkType(headers['content-type'] ?? '');
  if (Number(headers['content-length'] ?? 0) > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
  const text = await read(request, limits);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'The request body is not valid JSON.');
  }
};
