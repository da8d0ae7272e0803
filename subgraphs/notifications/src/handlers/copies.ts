import { memberChanged, memberJoined, memberLeft } from '@buffrsign/auth/events';
import { on, type Handler } from '@buffrsign/kernel';
import { recipientSent } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import * as useCases from '../use-cases/index.ts';

/** What this subgraph keeps of others, so that it never has to ask them. */
export const copies: readonly Handler<Work>[] = [
  on<Work>()(memberJoined, (work, { organizationid, time, data }) => useCases.keepMember(work, { organizationId: organizationid, ...data, active: true, saidAt: new Date(time) })),
  on<Work>()(memberChanged, (work, { organizationid, time, data }) => useCases.keepMember(work, { organizationId: organizationid, ...data, active: data.status === 'ACTIVE', saidAt: new Date(time) })),
  on<Work>()(memberLeft, (work, { organizationid, time, data }) => useCases.forgetMember(work, { organizationId: organizationid, userId: data.userId, saidAt: new Date(time) })),
  on<Work>()(recipientSent, (work, { organizationid, data }) => useCases.keepAskedRecipient(work, organizationid, data)),
];
