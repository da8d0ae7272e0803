import { pipeline } from 'node:stream/promises';
import type { Route } from '@buffrsign/kernel';
import type { DocumentTools } from '../context.ts';
import { actorOf } from '../links/holder.ts';
import { visibleVersions } from '../policies.ts';
import { TooBusyError, type OpenImage, type PageImage } from '../stored/thumbnails.ts';
import { HttpRefusal, linkRoutes } from './answer.ts';

/** As long as one address of an image is handed out; the image behind it never changes. */
const KEEP_SECONDS = 3_600;

/** `GET /thumbnails/:token`: a page as a PNG. */
export const thumbnailRoutes = (tools: DocumentTools): Route[] =>
  linkRoutes(tools, 'thumbnails', 'GET', async ({ versionId, page, width, holder }, _request, response) => {
    const version = await tools.db.documentVersion.findFirst({ where: { id: versionId, ...visibleVersions(actorOf(holder)) } });
    if (!version) throw new HttpRefusal(404, 'FILE_NOT_FOUND', 'This image is not there, or your access to it has ended.');
    const { png, size } = await imageOf(tools, { organizationId: version.organizationId, sha256: version.sha256, page, width });
    response.writeHead(200, {
      'content-type': 'image/png',
      'content-length': size,
      'cache-control': `private, max-age=${KEEP_SECONDS}, immutable`,
      'x-content-type-options': 'nosniff',
      // So that pages with strict isolation (COEP) can show it.
      'cross-origin-resource-policy': 'cross-origin',
    });
    await pipeline(png, response);
  });

const imageOf = async ({ services }: DocumentTools, image: PageImage): Promise<OpenImage> => {
  const opened = await services.thumbnails.open(image).catch(refuseIfBusy);
  if (opened.ok) return opened;
  if (opened.refusal === 'INTERRUPTED') throw new HttpRefusal(503, 'TRY_AGAIN', opened.message);
  throw new HttpRefusal(422, opened.refusal, opened.message);
};

const refuseIfBusy = (error: unknown): never => {
  throw error instanceof TooBusyError ? new HttpRefusal(503, 'TRY_AGAIN', 'Many page images are being drawn. Try again in a moment.') : error;
};
