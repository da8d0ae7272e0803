import type { Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { auditedFacts } from './audited-facts.ts';
import { onEnvelopeCompleted, onEnvelopeSent } from './on-envelope.ts';
import { onRecipientCompleted, onRecipientDelivered, onRecipientSent } from './on-recipient.ts';

/** The trail comes last: it holds a lock of the whole organization until the transaction ends. */
export const handlers: readonly Handler<Work>[] = [onEnvelopeSent, onRecipientSent, onRecipientDelivered, onRecipientCompleted, onEnvelopeCompleted, ...auditedFacts];
