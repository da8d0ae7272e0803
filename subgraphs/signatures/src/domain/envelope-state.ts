import type { EnvelopeState } from '../__generated__/prisma/enums.ts';
import type { Transitions } from './transitions.ts';

/**
 * The life of an envelope, in DocuSign's words. `DELIVERED` means that every recipient has opened it. In `SIGNED` all
 * have signed and only the sealing is left: nobody can take back what all have agreed to, so nothing but `COMPLETED`
 * follows.
 */
export const envelopeTransitions: Transitions<EnvelopeState> = {
  CREATED: ['SENT'],
  SENT: ['DELIVERED', 'DECLINED', 'VOIDED', 'EXPIRED'],
  DELIVERED: ['SIGNED', 'DECLINED', 'VOIDED', 'EXPIRED'],
  SIGNED: ['COMPLETED'],
  COMPLETED: [],
  DECLINED: [],
  VOIDED: [],
  EXPIRED: [],
};

/** The states in which recipients are asked. */
export const openStates = ['SENT', 'DELIVERED'] as const satisfies readonly EnvelopeState[];

interface Expiring {
  readonly state: EnvelopeState;
  readonly expiresAt: Date | null;
}

/** Whether recipients can act on it now. One that is overdue is closed also before it is marked as expired. */
export const isOpen = ({ state, expiresAt }: Expiring, now: Date): boolean => openStates.some((open) => open === state) && expiresAt !== null && now < expiresAt;

/** Whether all have signed: then every recipient may read on, for good. */
export const isSignedByAll = ({ state }: Pick<Expiring, 'state'>): boolean => state === 'SIGNED' || state === 'COMPLETED';
