import { mapStream, Problem, startWith, type EventDefinition, type Fact, type LiveFact, type Stream } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import * as events from '../events.ts';

export type ProgressKind =
  | 'SNAPSHOT'
  | 'ENVELOPE_SENT'
  | 'RECIPIENT_SENT'
  | 'RECIPIENT_DELIVERED'
  | 'RECIPIENT_COMPLETED'
  | 'RECIPIENT_DECLINED'
  | 'SEALING_PROGRESSED'
  | 'ENVELOPE_COMPLETED'
  | 'ENVELOPE_DECLINED'
  | 'ENVELOPE_VOIDED'
  | 'ENVELOPE_EXPIRED';

/** One step of an envelope. Says what happened; the rows say what is true now. */
export interface Progress {
  readonly kind: ProgressKind;
  readonly envelopeId: string;
  readonly recipientId: string | null;
  readonly occurredAt: Date;
  /** From where a client goes on that has seen this. */
  readonly cursor: string;
}

const kinds = {
  [events.envelopeSent.name]: 'ENVELOPE_SENT',
  [events.recipientSent.name]: 'RECIPIENT_SENT',
  [events.recipientDelivered.name]: 'RECIPIENT_DELIVERED',
  [events.recipientCompleted.name]: 'RECIPIENT_COMPLETED',
  [events.recipientDeclined.name]: 'RECIPIENT_DECLINED',
  [events.sealingProgressed.name]: 'SEALING_PROGRESSED',
  [events.envelopeCompleted.name]: 'ENVELOPE_COMPLETED',
  [events.envelopeDeclined.name]: 'ENVELOPE_DECLINED',
  [events.envelopeVoided.name]: 'ENVELOPE_VOIDED',
} as const satisfies Record<string, ProgressKind>;

const watched: readonly EventDefinition[] = Object.values(events);

const kindOf = (fact: Fact): ProgressKind => {
  if (fact.type === events.envelopeVoided.name && events.envelopeVoided.schema.parse(fact.data).expired) return 'ENVELOPE_EXPIRED';
  return kinds[fact.type as keyof typeof kinds];
};

/** Of a fact only ids go on: what else it says (a sealed link, an address) is not for whoever watches. */
const progressOf = (fact: LiveFact): Progress => {
  const { recipientId = null } = fact.data as { readonly recipientId?: string };
  return { kind: kindOf(fact), envelopeId: fact.subject, recipientId, occurredAt: new Date(fact.time), cursor: fact.cursor };
};

/**
 * The steps of an envelope: from its present state on, which is read once listening has begun, so nothing falls in
 * between; or, for a client that comes back, those that it missed and then what happens.
 *
 * @throws Problem NOT_FOUND when the actor may not see it, CURSOR_INVALID, CURSOR_EXPIRED
 */
export const watchEnvelope = async (ctx: Context, envelopeId: string): Promise<Stream<Progress>> => {
  if (!(await ctx.load.envelope.load(envelopeId))) throw new Problem('NOT_FOUND');
  const facts = await ctx.live(watched, envelopeId);
  const steps = mapStream(facts, async (fact) => progressOf(fact));
  if (ctx.cursor !== undefined) return steps;
  return startWith({ kind: 'SNAPSHOT', envelopeId, recipientId: null, occurredAt: ctx.now(), cursor: facts.cursor }, steps);
};
