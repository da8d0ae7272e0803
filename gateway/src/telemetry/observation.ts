import type { Actor, Client, Span } from '@buffrsign/kernel/gateway';
import { getOperationAST, type DocumentNode, type OperationTypeNode } from 'graphql';

/** What is noted of one operation on its way, to be told when it is over. */
export interface Observation {
  readonly requestId: string;
  readonly began: number;
  readonly span: Span | undefined;
  kind: OperationTypeNode | undefined;
  name: string | undefined;
  actor: Actor | undefined;
  client: Client | undefined;
  fetches: number;
  /** Events of a subscription. */
  events: number;
}

/** Clients choose the names. */
const NAME_CHARACTERS = 100;

export const beginObservation = (requestId: string, span: Span | undefined): Observation => ({
  requestId,
  began: performance.now(),
  span,
  kind: undefined,
  name: undefined,
  actor: undefined,
  client: undefined,
  fetches: 0,
  events: 0,
});

/** Notes what is asked, once it was read. */
export const noteOperation = (observation: Observation, document: DocumentNode, operationName: string | undefined): void => {
  const operation = getOperationAST(document, operationName);
  observation.kind = operation?.operation;
  observation.name = operation?.name?.value.slice(0, NAME_CHARACTERS);
};

/** How an operation ended: what was asked came, in part or not at all, or it was not carried out. */
export type OperationOutcome = 'ok' | 'partial' | 'failed' | 'refused';
