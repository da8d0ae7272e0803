import type { LoaderSource } from '@buffrsign/kernel';
import DataLoader from 'dataloader';
import type { Envelope } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';
import { visible } from '../policies.ts';

/** One page of the envelopes of one document. */
export interface DocumentPage {
  readonly documentId: string;
  /** Only envelopes older than this one. */
  readonly before: string | undefined;
  readonly take: number;
}

const findIds = async ({ db, actor }: LoaderSource<Database>, documentIds: readonly string[], { before, take }: DocumentPage): Promise<string[]> => {
  const { organizationId, id = null } = visible(actor);
  const rows = await db.$queryRaw<{ id: string }[]>`
    select found.id from unnest(${documentIds}::text[]) as wanted(id), lateral (
      select e.id from "Envelope" e
      where e."documentId" = wanted.id and e."organizationId" = ${organizationId}
        and (${id}::text is null or e.id = ${id}) and (${before ?? null}::text is null or e.id < ${before ?? null})
      order by e.id desc limit ${take}::int) as found`;
  return rows.map((row) => row.id);
};

/** Two queries for the pages of however many documents, as long as the pages are asked for alike. */
const findPages = async (source: LoaderSource<Database>, pages: readonly DocumentPage[]): Promise<Map<string, Envelope[]>> => {
  const ids = await findIds(source, pages.map(({ documentId }) => documentId), pages[0]!);
  const rows = await source.db.envelope.findMany({ where: { id: { in: ids } }, orderBy: { id: 'desc' } });
  return Map.groupBy(rows, ({ documentId }) => documentId);
};

/** Pages of envelopes by document, newest first. */
export const envelopesOfDocument = (source: LoaderSource<Database>): DataLoader<DocumentPage, readonly Envelope[], string> =>
  new DataLoader<DocumentPage, readonly Envelope[], string>(
    async (pages) => {
      const alike = Map.groupBy(pages, ({ before, take }) => `${before ?? ''}:${take}`);
      const found = new Map(await Promise.all([...alike].map(async ([key, group]) => [key, await findPages(source, group)] as const)));
      return pages.map(({ documentId, before, take }) => found.get(`${before ?? ''}:${take}`)?.get(documentId) ?? []);
    },
    { cacheKeyFn: ({ documentId, before, take }) => `${documentId}:${before ?? ''}:${take}` },
  );
