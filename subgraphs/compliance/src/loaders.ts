import { byForeignKey, byId, byKey, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { visible } from './policies.ts';

type Source = LoaderSource<Database>;

export const complianceCheck = ({ db, actor }: Source) => byId((ids) => db.complianceCheck.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

/** The same evidence and rules give one check, so an envelope has few. */
export const checksOfEnvelope = ({ db, actor }: Source) =>
  byForeignKey((ids) => db.complianceCheck.findMany({ where: { envelopeId: { in: [...ids] }, ...visible(actor) }, orderBy: { id: 'desc' } }), (check) => check.envelopeId);

export const retentionPolicy = ({ db, actor }: Source) => byId((ids) => db.retentionPolicy.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const auditEvent = ({ db, actor }: Source) => byId((ids) => db.auditEvent.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const personalDataOfEvent = ({ db, actor }: Source) =>
  byForeignKey((ids) => db.auditPersonalData.findMany({ where: { eventId: { in: [...ids] }, ...visible(actor) }, omit: { salt: true } }), (row) => row.eventId);

export const auditCheckpoint = ({ db, actor }: Source) => byId((ids) => db.auditCheckpoint.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const anchorOfCheckpoint = ({ db, actor }: Source) => byKey((ids) => db.auditAnchor.findMany({ where: { checkpointId: { in: [...ids] }, ...visible(actor) } }), (row) => row.checkpointId);

export const anchoringOfCheckpoint = ({ db, actor }: Source) => byKey((ids) => db.auditAnchoring.findMany({ where: { checkpointId: { in: [...ids] }, ...visible(actor) } }), (row) => row.checkpointId);
