import { z } from 'zod';

export type Key = 'BRAND_NAME' | 'ENVELOPE_EXPIRY_DAYS' | 'REMINDER_INTERVAL_DAYS' | 'SUPPORT_EMAIL';
export type Kind = 'INTEGER' | 'TEXT' | 'EMAIL';

interface Setting {
  readonly kind: Kind;
  readonly description: string;
  readonly defaultValue: string | null;
  /** Reads a value as it was typed and gives it as it is kept. */
  readonly model: z.ZodType<string, string>;
}

const days = (most: number) => {
  const message = `Give whole days, from 1 to ${most}.`;
  return z.string().trim().regex(/^\d{1,4}$/, message).transform(Number).refine((number) => number >= 1 && number <= most, message).transform(String);
};

/** Every setting that an organization can choose. */
export const settings: Readonly<Record<Key, Setting>> = {
  BRAND_NAME: {
    kind: 'TEXT',
    description: 'Name under which the organization appears to recipients.',
    defaultValue: null,
    model: z.string().trim().min(1, 'Give a name.').max(60, 'A name has at most 60 characters.'),
  },
  ENVELOPE_EXPIRY_DAYS: { kind: 'INTEGER', description: 'Days until an envelope expires when its sender says nothing.', defaultValue: '90', model: days(365) },
  REMINDER_INTERVAL_DAYS: { kind: 'INTEGER', description: 'Days between two reminders to a recipient.', defaultValue: '3', model: days(30) },
  SUPPORT_EMAIL: { kind: 'EMAIL', description: 'Where recipients write to when they need help.', defaultValue: null, model: z.string().trim().pipe(z.email('This is not an e-mail address.')).transform((text) => text.toLowerCase()) },
};

export const keys = Object.keys(settings) as readonly Key[];

export interface Choice {
  readonly value: string;
  readonly updatedById: string;
  readonly updatedAt: Date;
}

/** What a setting is set to. */
export interface Entry extends Omit<Setting, 'model'> {
  readonly key: Key;
  readonly value: string | null;
  readonly updatedById: string | null;
  readonly updatedAt: Date | null;
}

export const entryOf = (key: Key, choice: Choice | null | undefined): Entry => {
  const { kind, description, defaultValue } = settings[key];
  return { key, kind, description, defaultValue, value: choice?.value ?? defaultValue, updatedById: choice?.updatedById ?? null, updatedAt: choice?.updatedAt ?? null };
};
