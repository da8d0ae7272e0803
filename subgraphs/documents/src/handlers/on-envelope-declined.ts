import { on } from '@buffrsign/kernel';
import { envelopeDeclined } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import { envelopeHasFailed } from '../use-cases/index.ts';

export const onEnvelopeDeclined = on<Work>()(envelopeDeclined, (tx, { organizationid, data }) => envelopeHasFailed(tx, { ...data, organizationId: organizationid }, 'DECLINED', new Date(data.declinedAt)));
