import { z } from 'zod';

export type MetricKind = 'COUNTER' | 'GAUGE';

/** Something that is measured for an organization. */
export interface Metric {
  readonly name: string;
  readonly kind: MetricKind;
  readonly unit: string;
  readonly description: string;
  readonly isCustom: boolean;
}

const platform = (unit: string, description: string) => ({ kind: 'COUNTER', unit, description, isCustom: false }) as const;

/** What the platform counts by itself, by name. */
export const platformMetrics = {
  'documents.ready': platform('documents', 'Uploaded documents that can be used.'),
  'documents.refused': platform('documents', 'Uploaded files that cannot be used.'),
  'envelopes.completed': platform('envelopes', 'Envelopes that all recipients have signed.'),
  'envelopes.declined': platform('envelopes', 'Envelopes that a recipient declined.'),
  'envelopes.expired': platform('envelopes', 'Envelopes that ran out of time.'),
  'envelopes.sent': platform('envelopes', 'Envelopes sent out for signing.'),
  'envelopes.voided': platform('envelopes', 'Envelopes that their sender took back.'),
  'members.joined': platform('members', 'Members who joined the organization.'),
  'members.left': platform('members', 'Members who left the organization.'),
  'recipients.delivered': platform('recipients', 'Recipients who opened an envelope for the first time.'),
  'recipients.signed': platform('recipients', 'Recipients who signed.'),
} satisfies Record<string, Omit<Metric, 'name'>>;

export type PlatformMetricName = keyof typeof platformMetrics;

export const platformMetric = (name: string): Metric | null => (Object.hasOwn(platformMetrics, name) ? { name, ...platformMetrics[name as PlatformMetricName] } : null);

/** Metrics that an organization can define. */
export const MAX_CUSTOM_METRICS = 50;

export const newMetricModel = z.object({
  // Without dots, so that a metric of the platform that comes later never meets one that is there already.
  name: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'A name has 1 to 60 lower-case letters, digits and hyphens, and begins with a letter.'),
  kind: z.enum(['COUNTER', 'GAUGE']),
  unit: z.string().trim().min(1, 'Say what is counted or measured.').max(30, 'A unit has at most 30 characters.'),
  description: z.string().trim().min(1, 'Say what the metric means.').max(200, 'A description has at most 200 characters.'),
});

/** Values are kept with 16 digits before the point and four behind it. */
const MAX_VALUE = 1e15;

export const recordingModel = z.object({
  name: z.string(),
  value: z.number().min(-MAX_VALUE, 'The value is too small to be kept.').max(MAX_VALUE, 'The value is too large to be kept.'),
  day: z.date().nullish(),
  idempotencyKey: z.string().min(1, 'Give a key that is unique to this act.').max(200, 'A key has at most 200 characters.'),
});

/** Why a value cannot be recorded on a day; null when it can. */
export const refuseRecording = (kind: MetricKind, recording: { readonly value: number; readonly day: Date }, now: Date): { readonly path: string; readonly message: string } | null => {
  if (kind === 'COUNTER' && recording.value < 0) return { path: 'value', message: 'A counter only grows: give 0 or more.' };
  if (recording.day > now) return { path: 'day', message: 'This day has not come yet.' };
  return null;
};
