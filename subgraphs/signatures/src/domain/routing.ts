import type { RecipientState } from '../__generated__/prisma/enums.ts';

/** What routing needs to know of a recipient. */
export interface Routed {
  readonly routingOrder: number;
  readonly state: RecipientState;
}

const unsigned = <Recipient extends Routed>(recipients: readonly Recipient[]): Recipient[] => recipients.filter(({ state }) => state !== 'COMPLETED');

/** How many recipients have yet to sign. */
export const remaining = (recipients: readonly Routed[]): number => unsigned(recipients).length;

/** How many recipients have yet to sign before one of this routing order is asked. */
export const ahead = (recipients: readonly Routed[], routingOrder: number): number => unsigned(recipients).filter((other) => other.routingOrder < routingOrder).length;

/** Who is to be asked now and was not asked yet: all of the lowest routing order in which somebody has yet to sign. */
export const nextToAsk = <Recipient extends Routed>(recipients: readonly Recipient[]): Recipient[] => {
  const turn = Math.min(...unsigned(recipients).map(({ routingOrder }) => routingOrder));
  return recipients.filter(({ routingOrder, state }) => routingOrder === turn && state === 'CREATED');
};

/** Whether every recipient has opened the envelope, as `DELIVERED` says of the envelope. */
export const allHaveOpened = (recipients: readonly Routed[]): boolean => recipients.every(({ state }) => state === 'DELIVERED' || state === 'COMPLETED');
