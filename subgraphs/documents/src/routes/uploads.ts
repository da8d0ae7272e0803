import type { IncomingMessage } from 'node:http';
import { sendJson, type Route } from '@buffrsign/kernel';
import type { DocumentTools } from '../context.ts';
import { receiveFile } from '../use-cases/index.ts';
import { HttpRefusal, linkRoutes } from './answer.ts';

/** `PUT /uploads/:token`: the file of a document. */
export const uploadRoutes = (tools: DocumentTools): Route[] =>
  linkRoutes(tools, 'uploads', 'PUT', async ({ documentId }, request, response) => {
    refuseOtherThanPdf(request);
    refuseTooLarge(request, tools.services.limits.maxBytes);
    const outcome = await receiveFile(tools, documentId, bodyOf(request));
    if (outcome.kind === 'gone') throw new HttpRefusal(410, 'DOCUMENT_DELETED', 'The document was deleted. Create another one.');
    if (outcome.kind === 'occupied') throw new HttpRefusal(409, 'LINK_USED', 'The document has another file already. Create another document for this one.');
    const { document, file } = outcome;
    sendJson(response, 200, { documentId, state: document.state, sha256: file.sha256, size: file.size });
  });

const refuseOtherThanPdf = ({ headers }: IncomingMessage): void => {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/pdf') throw new HttpRefusal(415, 'UNSUPPORTED_TYPE', 'Send the PDF as it is, with the header content-type: application/pdf.');
  if (headers['content-encoding'] !== undefined) throw new HttpRefusal(415, 'UNSUPPORTED_TYPE', 'Send the PDF as it is, without content-encoding.');
};

/** Said before anything is read, where the sender says how much there is. The store counts in any case. */
const refuseTooLarge = ({ headers }: IncomingMessage, maxBytes: number): void => {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw new HttpRefusal(413, 'FILE_TOO_LARGE', `The file is larger than ${maxBytes} bytes. Make it smaller or split it.`);
};

/** The request stays open when reading it ends early: a refusal is still to be answered. */
const bodyOf = (request: IncomingMessage): AsyncIterable<Uint8Array> => request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
