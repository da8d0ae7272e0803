import { on } from '@buffrsign/kernel';
import { envelopeCompleted } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import { envelopeWasCompleted } from '../use-cases/index.ts';

export const onEnvelopeCompleted = on<Work>()(envelopeCompleted, (tx, { organizationid, data }) => envelopeWasCompleted(tx, { ...data, organizationId: organizationid }, data, new Date(data.completedAt)));
