import { emailBounced, emailFailed, emailSent } from '@buffrsign/email/events';
import { on, type Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { settleDelivery } from '../use-cases/index.ts';

/** What became of the mails that were asked for. */
export const settlements: readonly Handler<Work>[] = [
  on<Work>()(emailSent, (work, { data }) => settleDelivery(work, { ...data, state: 'SENT', failure: null })),
  on<Work>()(emailBounced, (work, { data }) => settleDelivery(work, { ...data, state: 'BOUNCED', failure: data.reason })),
  on<Work>()(emailFailed, (work, { data }) => settleDelivery(work, { ...data, state: 'FAILED', failure: data.reason })),
];
