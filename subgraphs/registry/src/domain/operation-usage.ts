import { z } from 'zod';

const HOUR_MS = 3_600_000;

const countModel = z
  .object({
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'A hash is 64 hexadecimal digits, lower case.'),
    at: z.date(),
    requests: z.number().int().min(1, 'Leave out what was not run.').max(1_000_000, 'One count has at most 1,000,000 requests.'),
    errors: z.number().int().min(0, 'Errors cannot be negative.').default(0),
  })
  .refine((count) => count.errors <= count.requests, { path: ['errors'], message: 'There cannot be more errors than requests.' });

export const usageBatchModel = z.object({
  idempotencyKey: z.string().min(1, 'Name the batch.').max(100, 'A key has at most 100 characters.'),
  counts: z.array(countModel).min(1, 'A batch has at least one count.').max(500, 'A batch has at most 500 counts.'),
});

export interface HourlyCount {
  readonly sha256: string;
  readonly hour: Date;
  readonly requests: number;
  readonly errors: number;
}

/** The beginning of the hour (UTC) that a moment lies in. */
export const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);

/** Adds counts up by operation and hour, in an order that is the same for everybody who writes them. */
export const byHour = (counts: z.output<typeof usageBatchModel>['counts']): readonly HourlyCount[] => {
  const rows = new Map<string, HourlyCount>();
  for (const { sha256, at, requests, errors } of counts) {
    const hour = hourOf(at);
    const key = `${sha256} ${hour.toISOString()}`;
    const present = rows.get(key) ?? { sha256, hour, requests: 0, errors: 0 };
    rows.set(key, { ...present, requests: present.requests + requests, errors: present.errors + errors });
  }
  return [...rows.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
};
