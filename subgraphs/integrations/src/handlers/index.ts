import { on, type Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { publicEvents } from '../domain/public-events.ts';
import { tellEndpoints } from '../use-cases/index.ts';

/** One handler a row of the table of public events. */
export const handlers: readonly Handler<Work>[] = publicEvents.map(({ fact: definition, messageOf }) =>
  on<Work>()(definition, (tx, fact) => tellEndpoints(tx, { organizationId: fact.organizationid, messageId: fact.id, message: messageOf(fact) })),
);
