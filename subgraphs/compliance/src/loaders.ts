import { byForeignKey, byId, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { visible } from './policies.ts';

type Source = LoaderSource<Database>;

export const complianceCheck = ({ db, actor }: Source) => byId((ids) => db.complianceCheck.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

/** The same evidence and rules give one check, so an envelope has few. */
export const checksOfEnvelope = ({ db, actor }: Source) =>
  byForeignKey((ids) => db.complianceCheck.findMany({ where: { envelopeId: { in: [...ids] }, ...visible(actor) }, orderBy: { id: 'desc' } }), (check) => check.envelopeId);

export const retentionPolicy = ({ db, actor }: Source) => byId((ids) => db.retentionPolicy.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));
