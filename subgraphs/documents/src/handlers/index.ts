import type { Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { onEnvelopeCompleted } from './on-envelope-completed.ts';
import { onEnvelopeDeclined } from './on-envelope-declined.ts';
import { onEnvelopeSent } from './on-envelope-sent.ts';
import { onEnvelopeVoided } from './on-envelope-voided.ts';

export const handlers: readonly Handler<Work>[] = [onEnvelopeSent, onEnvelopeCompleted, onEnvelopeDeclined, onEnvelopeVoided];
