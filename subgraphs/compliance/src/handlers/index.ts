import type { Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { onEnvelopeCompleted, onEnvelopeSent } from './on-envelope.ts';
import { onRecipientCompleted, onRecipientDelivered, onRecipientSent } from './on-recipient.ts';

export const handlers: readonly Handler<Work>[] = [onEnvelopeSent, onRecipientSent, onRecipientDelivered, onRecipientCompleted, onEnvelopeCompleted];
