import type { ComplianceCheckResolvers } from './../__generated__/types.ts';
import { evidenceOf, isReproducible, levelsOf, packNamesOf, resultsOf } from '../domain/kept-check.ts';

export const ComplianceCheck: ComplianceCheckResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.complianceCheck.load(reference.id),
  envelope: (check) => ({ id: check.envelopeId }),
  requestedBy: (check) => (check.requestedById ? { id: check.requestedById } : null),
  packs: packNamesOf,
  evidence: evidenceOf,
  results: resultsOf,
  levels: levelsOf,
  isReproducible,
};
