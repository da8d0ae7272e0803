import { byForeignKey, byId, byKey, type LoaderSource } from '@buffrsign/kernel';
import DataLoader from 'dataloader';
import type { DocumentPage } from './__generated__/prisma/client.ts';
import type { Database } from './database.ts';
import type { PageRange } from './domain/page-range.ts';
import { visible, visibleVersions } from './policies.ts';

type Source = LoaderSource<Database>;

export const document = ({ db, actor }: Source) => byId((ids) => db.document.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const version = ({ db, actor }: Source) => byId((ids) => db.documentVersion.findMany({ where: { id: { in: [...ids] }, ...visibleVersions(actor) } }));

/** What an upload became, by its document: the original and the prepared version. */
export const upload = ({ db, actor }: Source) =>
  byForeignKey(
    (ids) => db.documentVersion.findMany({ where: { documentId: { in: [...ids] }, kind: { in: ['ORIGINAL', 'PREPARED'] }, ...visibleVersions(actor) } }),
    (row) => row.documentId,
  );

/** The sealed version by its envelope. */
export const sealedVersion = ({ db, actor }: Source) =>
  byKey(
    (ids) => db.documentVersion.findMany({ where: { envelopeId: { in: [...ids] }, ...visibleVersions(actor) } }),
    (row) => row.envelopeId ?? '',
  );

/** Some pages of versions, in order: one query, whichever ranges are asked for. */
export const pages = ({ db, actor }: Source) =>
  new DataLoader<PageRange, readonly DocumentPage[], string>(
    async (ranges) => {
      const wanted = ranges.map(({ versionId, from, count }) => ({ versionId, number: { gte: from, lt: from + count } }));
      const rows = await db.documentPage.findMany({ where: { OR: wanted, version: visibleVersions(actor) }, orderBy: { number: 'asc' } });
      const ofVersion = Map.groupBy(rows, (row) => row.versionId);
      return ranges.map(({ versionId, from, count }) => (ofVersion.get(versionId) ?? []).filter(({ number }) => number >= from && number < from + count));
    },
    { cacheKeyFn: ({ versionId, from, count }) => `${versionId} ${from} ${count}` },
  );
