import type { Subject } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';

/** A document or an envelope of an organization that something can be about; null when there is none. */
export const findSubject = (tx: Tx, organizationId: string, { kind, id }: { readonly kind: 'DOCUMENT' | 'ENVELOPE'; readonly id: string }): Promise<Subject | null> =>
  tx.db.subject.findFirst({ where: { id, kind, organizationId, deletedAt: null } });
