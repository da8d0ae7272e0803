import { memberChanged, memberJoined, memberLeft } from '@buffrsign/auth/events';
import { documentDeleted, documentReady } from '@buffrsign/documents/events';
import { on, type Handler } from '@buffrsign/kernel';
import { envelopeCompleted, envelopeSent } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import { forgetDocument, noteDocument, noteEnvelope, noteMember, startTriggered } from '../use-cases/index.ts';

const hear = on<Work>();

export const handlers: readonly Handler<Work>[] = [
  hear(memberJoined, (tx, { organizationid, time, data }) => noteMember(tx, organizationid, { id: data.userId, active: true, saidAt: new Date(time) })),
  hear(memberChanged, (tx, { organizationid, time, data }) => noteMember(tx, organizationid, { id: data.userId, active: data.status === 'ACTIVE', saidAt: new Date(time) })),
  hear(memberLeft, (tx, { organizationid, time, data }) => noteMember(tx, organizationid, { id: data.userId, active: false, saidAt: new Date(time) })),
  hear(documentReady, async (tx, { organizationid, data }) => {
    await noteDocument(tx, organizationid, { id: data.documentId, pages: data.pages.length, bytes: data.size });
    await startTriggered(tx, { organizationId: organizationid, trigger: 'DOCUMENT_READY', subjectId: data.documentId });
  }),
  hear(documentDeleted, (tx, { organizationid, data }) => forgetDocument(tx, organizationid, data.documentId)),
  hear(envelopeSent, (tx, { organizationid, data }) => noteEnvelope(tx, organizationid, { id: data.envelopeId, documentId: data.documentId, recipients: data.recipients.length })),
  hear(envelopeCompleted, async (tx, { organizationid, data }) => {
    await noteEnvelope(tx, organizationid, { id: data.envelopeId, documentId: data.documentId, recipients: data.recipients.length });
    await startTriggered(tx, { organizationId: organizationid, trigger: 'ENVELOPE_COMPLETED', subjectId: data.envelopeId });
  }),
];
