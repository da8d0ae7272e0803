import { pipeline } from 'node:stream/promises';
import type { Route } from '@buffrsign/kernel';
import { create as contentDisposition } from 'content-disposition';
import type { Document, DocumentVersion } from '../__generated__/prisma/client.ts';
import type { DocumentTools } from '../context.ts';
import { downloadName } from '../domain/document.ts';
import { actorOf } from '../links/holder.ts';
import { visibleVersions } from '../policies.ts';
import { HttpRefusal, linkRoutes } from './answer.ts';

/** `GET /downloads/:token`: the PDF of a version, its hash checked on the way. */
export const downloadRoutes = (tools: DocumentTools): Route[] =>
  linkRoutes(tools, 'downloads', 'GET', async ({ versionId, holder }, _request, response) => {
    const version = await tools.db.documentVersion.findFirst({ where: { id: versionId, ...visibleVersions(actorOf(holder)) }, include: { document: true } });
    if (!version) throw new HttpRefusal(404, 'FILE_NOT_FOUND', 'This file is not there, or your access to it has ended.');
    const content = await tools.services.files.read(version.organizationId, version.sha256);
    response.writeHead(200, headersOf(version));
    await pipeline(content, response);
  });

const headersOf = ({ document, kind, sha256, size }: DocumentVersion & { readonly document: Document }) => ({
  'content-type': 'application/pdf',
  'content-length': size,
  'content-disposition': contentDisposition(downloadName(document.filename, kind)),
  // RFC 9530: whoever keeps the file can prove that it is this one.
  'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
  'access-control-expose-headers': 'content-disposition, repr-digest',
  'cache-control': 'private, no-store',
  // A stranger made this file: no browser is to take it for anything else, or to let it act.
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'referrer-policy': 'no-referrer',
});
