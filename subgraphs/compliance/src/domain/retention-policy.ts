import { z } from 'zod';

// Kinds are compared as people write them: upper and lower case are the same kind.
const documentType = z.string().trim().toLowerCase().min(1, 'Name the kind of document.').max(100, 'A kind has at most 100 characters.');
const retainForMonths = z.number().int().min(1, 'Keep documents for at least a month.').max(1_200, 'A hundred years are the longest time that can be written down.');
const basis = z.string().trim().min(1, 'Say what the time rests on.').max(1_000, 'A basis has at most 1,000 characters.');

export const newRetentionPolicyModel = z.object({ documentType, retainForMonths, basis });

export const retentionPolicyChangesModel = z.object({ retainForMonths: retainForMonths.nullish(), basis: basis.nullish() });
