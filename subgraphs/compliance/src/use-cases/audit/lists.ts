import { connection, type PageArgs } from '@buffrsign/kernel';
import type { Context } from '../../context.ts';
import { visible } from '../../policies.ts';

interface AuditEventFilter {
  readonly envelopeId?: string | null | undefined;
  readonly documentId?: string | null | undefined;
  readonly kind?: string | null | undefined;
}

export const listAuditEvents = ({ db, actor }: Context, { filter, ...args }: PageArgs & { readonly filter?: AuditEventFilter | null | undefined }) => {
  const { envelopeId, documentId, kind } = filter ?? {};
  const wanted = { ...(envelopeId && { envelopeId }), ...(documentId && { documentId }), ...(kind && { kind }) };
  return connection(args, (page) => db.auditEvent.findMany({ ...page, where: { ...wanted, ...page.where, ...visible(actor) } }));
};

export const listAuditCheckpoints = ({ db, actor }: Context, args: PageArgs) => connection(args, (page) => db.auditCheckpoint.findMany({ ...page, where: { ...page.where, ...visible(actor) } }));
