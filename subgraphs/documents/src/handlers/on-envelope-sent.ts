import { on } from '@buffrsign/kernel';
import { envelopeSent } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import { envelopeWasSent } from '../use-cases/index.ts';

export const onEnvelopeSent = on<Work>()(envelopeSent, (tx, { organizationid, data }) => envelopeWasSent(tx, { ...data, organizationId: organizationid }, new Date(data.sentAt)));
