import { sendJson, type Route } from '@buffrsign/kernel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Limits } from './limits.ts';
import { UploadRefused, type Uploads } from './uploads.ts';

const RETRY_SECONDS = 30;

const refuse = (response: ServerResponse, status: 413 | 415 | 503, code: string, message: string, more: object = {}): void => {
  // The rest of a body within the limit is let through to nowhere: who still sends would not read the answer otherwise.
  if (status === 413) response.setHeader('connection', 'close');
  else response.req.resume();
  if (status === 503) response.setHeader('retry-after', RETRY_SECONDS);
  sendJson(response, status, { code, message, ...more });
};

const isPdf = ({ headers }: IncomingMessage): boolean => headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/pdf' && headers['content-encoding'] === undefined;

/** `POST /verifications`: takes a PDF as the whole body, keeps it for a short while, and gives the id by which it is looked at. */
export const verificationRoute = (uploads: Uploads, limits: Limits): Route => ({
  method: 'POST',
  path: '/verifications',
  async handle(request, response) {
    if (!isPdf(request)) return refuse(response, 415, 'UNSUPPORTED_TYPE', 'Send the PDF as it is, with the header content-type: application/pdf and without content-encoding.');
    const tooLarge = `The file is larger than the ${limits.fileBytes} bytes that can be looked at here.`;
    if (Number(request.headers['content-length'] ?? 0) > limits.fileBytes) return refuse(response, 413, 'FILE_TOO_LARGE', tooLarge, { maxBytes: limits.fileBytes });
    try {
      // The request stays open when reading it ends early: a refusal is still to be answered.
      sendJson(response, 201, await uploads.receive(request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>));
    } catch (error) {
      // Whoever sent it has left: nobody is there to be answered.
      if (request.destroyed && !request.complete) return void response.destroy();
      if (!(error instanceof UploadRefused)) throw error;
      if (error.code === 'FILE_TOO_LARGE') return refuse(response, 413, error.code, error.message, { maxBytes: limits.fileBytes });
      refuse(response, 503, error.code, error.message);
    }
  },
});
