import { on } from '@buffrsign/kernel';
import { envelopeCompleted, envelopeDeclined, envelopeSent, envelopeVoided } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import { noteEnvelope } from '../use-cases/index.ts';

/** Keeps the course of every envelope: when it was sent, how and when it ended. */
export const envelopeCourse = [
  on<Work>()(envelopeSent, (tx, { organizationid, data }) => noteEnvelope(tx, organizationid, data.envelopeId, { sentAt: new Date(data.sentAt) })),
  on<Work>()(envelopeCompleted, (tx, { organizationid, data }) => noteEnvelope(tx, organizationid, data.envelopeId, { outcome: 'COMPLETED', endedAt: new Date(data.completedAt) })),
  on<Work>()(envelopeDeclined, (tx, { organizationid, data }) => noteEnvelope(tx, organizationid, data.envelopeId, { outcome: 'DECLINED', endedAt: new Date(data.declinedAt) })),
  on<Work>()(envelopeVoided, (tx, { organizationid, data }) =>
    noteEnvelope(tx, organizationid, data.envelopeId, { outcome: data.expired ? 'EXPIRED' : 'VOIDED', endedAt: new Date(data.voidedAt) })),
];
