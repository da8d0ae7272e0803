import { memberJoined, memberLeft } from '@buffrsign/auth/events';
import { documentReady, documentRefused } from '@buffrsign/documents/events';
import { on, type EventDefinition, type Fact } from '@buffrsign/kernel';
import { envelopeCompleted, envelopeDeclined, envelopeSent, envelopeVoided, recipientCompleted, recipientDelivered } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import type { PlatformMetricName } from '../domain/metric.ts';
import { countFact } from '../use-cases/index.ts';

const count = <Definition extends EventDefinition>(event: Definition, nameOf: (fact: Fact<Definition>) => PlatformMetricName) =>
  on<Work>()(event, (tx, fact) => countFact(tx, { organizationId: fact.organizationid, name: nameOf(fact), at: new Date(fact.time) }));

/** Which fact counts as what. */
export const counters = [
  count(documentReady, () => 'documents.ready'),
  count(documentRefused, () => 'documents.refused'),
  count(envelopeCompleted, () => 'envelopes.completed'),
  count(envelopeDeclined, () => 'envelopes.declined'),
  count(envelopeSent, () => 'envelopes.sent'),
  count(envelopeVoided, ({ data }) => (data.expired ? 'envelopes.expired' : 'envelopes.voided')),
  count(memberJoined, () => 'members.joined'),
  count(memberLeft, () => 'members.left'),
  count(recipientCompleted, () => 'recipients.signed'),
  count(recipientDelivered, () => 'recipients.delivered'),
];
