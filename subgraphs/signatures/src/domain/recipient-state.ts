import type { RecipientState } from '../__generated__/prisma/enums.ts';
import type { Transitions } from './transitions.ts';

/** The life of a recipient, in DocuSign's words. When an envelope ends early, its recipients stay where they were. */
export const recipientTransitions: Transitions<RecipientState> = {
  CREATED: ['SENT'],
  SENT: ['DELIVERED', 'DECLINED'],
  DELIVERED: ['COMPLETED', 'DECLINED'],
  COMPLETED: [],
  DECLINED: [],
};

/** The states in which a recipient was asked and has not answered. */
export const askedStates = ['SENT', 'DELIVERED'] as const satisfies readonly RecipientState[];
