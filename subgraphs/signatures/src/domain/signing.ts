import type { EnvelopeState } from '../__generated__/prisma/enums.ts';
import { isOpen } from './envelope-state.ts';
import { ahead, type Routed } from './routing.ts';

export interface AlreadySigned {
  readonly __typename: 'AlreadySignedError';
  readonly message: string;
  readonly signedAt: Date;
}
export interface EnvelopeNotOpen {
  readonly __typename: 'EnvelopeNotOpenError';
  readonly message: string;
  readonly state: EnvelopeState;
}
export interface NotYourTurn {
  readonly __typename: 'NotYourTurnError';
  readonly message: string;
  readonly ahead: number;
}
export interface ConsentRequired {
  readonly __typename: 'ConsentRequiredError';
  readonly message: string;
}
export interface FieldsMissing<Field> {
  readonly __typename: 'FieldsMissingError';
  readonly message: string;
  readonly fields: readonly Field[];
}

/** Why a recipient cannot answer an envelope, whatever the answer is. */
export type AnswerRefusal = AlreadySigned | EnvelopeNotOpen | NotYourTurn;

interface Asked extends Routed {
  readonly completedAt: Date | null;
}
interface Open {
  readonly state: EnvelopeState;
  readonly expiresAt: Date | null;
}

const closed: Record<EnvelopeState, string> = {
  CREATED: 'The envelope was not sent yet.',
  SENT: 'The time to sign is over.',
  DELIVERED: 'The time to sign is over.',
  SIGNED: 'All have signed already; the sealed document is being made.',
  COMPLETED: 'All have signed already.',
  DECLINED: 'A recipient declined to sign, so nobody is asked any more.',
  VOIDED: 'The sender took the envelope back.',
  EXPIRED: 'The time to sign is over.',
};

export const envelopeNotOpen = (state: EnvelopeState): EnvelopeNotOpen => ({ __typename: 'EnvelopeNotOpenError', message: closed[state], state });

const alreadySigned = (signedAt: Date): AlreadySigned => ({ __typename: 'AlreadySignedError', message: 'This recipient has signed already. Nothing more is to do.', signedAt });

const notYourTurn = (count: number): NotYourTurn => ({
  __typename: 'NotYourTurnError',
  message: count === 1 ? 'One recipient signs before. The link comes when it is time.' : `${count} recipients sign before. The link comes when it is time.`,
  ahead: count,
});

/** Whether a recipient may answer now, in the order a lawyer would ask: done already, still open, their turn. */
export const refuseToAnswer = (envelope: Open, recipient: Asked, recipients: readonly Routed[], now: Date): AnswerRefusal | null => {
  if (recipient.completedAt) return alreadySigned(recipient.completedAt);
  if (!isOpen(envelope, now)) return envelopeNotOpen(envelope.state);
  const before = ahead(recipients, recipient.routingOrder);
  return before > 0 ? notYourTurn(before) : null;
};

/** As `refuseToAnswer`; a signature moreover needs the recipient's agreement. */
export const refuseToSign = (envelope: Open, recipient: Asked, recipients: readonly Routed[], consent: boolean, now: Date): AnswerRefusal | ConsentRequired | null =>
  refuseToAnswer(envelope, recipient, recipients, now) ??
  (consent ? null : { __typename: 'ConsentRequiredError', message: 'Agree to sign electronically first: read the document, then set `consent` to true.' });

/** Whether the sender may take an envelope back. What all have signed nobody takes back. */
export const refuseToVoid = (envelope: Open, now: Date): EnvelopeNotOpen | null => (isOpen(envelope, now) ? null : envelopeNotOpen(envelope.state));

/** The fields without which nobody can sign, when some of them are empty. */
export const refuseMissing = <Field>(missing: readonly Field[]): FieldsMissing<Field> | null =>
  missing.length === 0 ? null : { __typename: 'FieldsMissingError', message: missing.length === 1 ? 'One required field is empty.' : `${missing.length} required fields are empty.`, fields: missing };
