import { z } from 'zod';

const name = z.string().trim().min(1, 'Give the program a name.').max(100, 'A name has at most 100 characters.');
const description = z.string().trim().max(500, 'A description has at most 500 characters.');

export const newApiClientModel = z.object({ name, description: description.nullish(), ratePlanId: z.string().nullish() });

export const apiClientChangesModel = z.object({ name: name.nullish(), description: description.nullish(), ratePlanId: z.string().nullish() });
