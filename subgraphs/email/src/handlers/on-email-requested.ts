import { on } from '@buffrsign/kernel';
import { emailRequested } from '@buffrsign/notifications/events';
import type { Work } from '../context.ts';
import { queueRequestedEmail } from '../use-cases/index.ts';

export const onEmailRequested = on<Work>()(emailRequested, async (tx, fact) => queueRequestedEmail(tx, { ...fact.data, organizationId: fact.organizationid }));
