import { endWithText } from '@buffrsign/kernel/gateway';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)];

/** Below this a body fits into a packet or two, and compressing it saves nobody anything. */
const WORTH_IT_BYTES = 2_048;
/** Levels that are quick: answers are made anew for every request. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } };
const GZIP = { level: 4 };

const accepts = (header: string, encoding: string): boolean =>
  header.split(',').some((each) => {
    const [name = '', ...parameters] = each.split(';');
    return name.trim().toLowerCase() === encoding && !parameters.some((parameter) => /^\s*q\s*=\s*0(\.0*)?\s*$/i.test(parameter));
  });

/** Ends an answer with a text, compressed where the client takes it and it is worth it. */
export const endWith = async (request: IncomingMessage, response: ServerResponse, text: string): Promise<void> => {
  const header = request.headers['accept-encoding'];
  if (header === undefined || text.length < WORTH_IT_BYTES) return endWithText(response, text);
  const encoding = ['br', 'gzip'].find((each) => accepts(header, each));
  response.appendHeader('vary', 'accept-encoding');
  if (encoding === undefined) return endWithText(response, text);
  response.setHeader('content-encoding', encoding);
  response.end(encoding === 'br' ? await toBrotli(text, BROTLI) : await toGzip(text, GZIP));
};
