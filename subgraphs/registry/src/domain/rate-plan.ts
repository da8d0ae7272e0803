import { z } from 'zod';

const name = z.string().trim().min(1, 'Give the plan a name.').max(100, 'A name has at most 100 characters.');
const requestsPerMinute = z.number().int().min(1, 'Allow at least 1 request a minute.').max(100_000, 'A plan allows at most 100,000 requests a minute.');
const requestsPerDay = z.number().int().min(1, 'Allow at least 1 request a day.').max(100_000_000, 'A plan allows at most 100,000,000 requests a day.');

/** A whole plan, new or as it would be after a change. */
export const ratePlanModel = z
  .object({ name, requestsPerMinute, requestsPerDay })
  .refine((plan) => plan.requestsPerDay >= plan.requestsPerMinute, { path: ['requestsPerDay'], message: 'A day must allow at least as many requests as a minute.' });
