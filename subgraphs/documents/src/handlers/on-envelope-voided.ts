import { on } from '@buffrsign/kernel';
import { envelopeVoided } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import { envelopeHasFailed } from '../use-cases/index.ts';

export const onEnvelopeVoided = on<Work>()(envelopeVoided, (tx, { organizationid, data }) => envelopeHasFailed(tx, { ...data, organizationId: organizationid }, 'VOIDED', new Date(data.voidedAt)));
