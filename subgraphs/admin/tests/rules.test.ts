import { describe, expect, test } from 'vitest';
import { entryOf, keys, settings } from '../src/domain/configuration.ts';
import { datesOf, nextStatuses, statusAfterReply } from '../src/domain/support-ticket.ts';

describe('a ticket', () => {
  test('that is closed goes nowhere', () => {
    expect(nextStatuses.CLOSED).toEqual([]);
  });

  test.each([
    ['RESOLVED', true, 'OPEN'],
    ['RESOLVED', false, 'RESOLVED'],
    ['IN_PROGRESS', true, 'IN_PROGRESS'],
  ] as const)('that is %s, answered by its opener: %s, is then %s', (status, byOpener, next) => {
    expect(statusAfterReply(status, byOpener)).toBe(next);
  });

  test('has the dates that its status claims, and no others', () => {
    const now = new Date('2026-03-02T08:00:00.000Z');
    const earlier = new Date('2026-03-01T08:00:00.000Z');
    expect(datesOf('RESOLVED', { resolvedAt: null }, now)).toEqual({ resolvedAt: now, closedAt: null });
    expect(datesOf('CLOSED', { resolvedAt: earlier }, now)).toEqual({ resolvedAt: earlier, closedAt: now });
    expect(datesOf('CLOSED', { resolvedAt: null }, now)).toEqual({ resolvedAt: now, closedAt: now });
    expect(datesOf('IN_PROGRESS', { resolvedAt: earlier }, now)).toEqual({ resolvedAt: null, closedAt: null });
  });
});

describe('a setting', () => {
  test.each([
    ['ENVELOPE_EXPIRY_DAYS', ' 030 ', '30'],
    ['SUPPORT_EMAIL', ' Help@Example.na ', 'help@example.na'],
    ['BRAND_NAME', ' Kalahari Legal ', 'Kalahari Legal'],
  ] as const)('%s keeps %j as %j', (key, typed, kept) => {
    expect(settings[key].model.parse(typed)).toBe(kept);
  });

  test.each([
    ['ENVELOPE_EXPIRY_DAYS', '0'],
    ['ENVELOPE_EXPIRY_DAYS', '366'],
    ['ENVELOPE_EXPIRY_DAYS', '1.5'],
    ['REMINDER_INTERVAL_DAYS', '-1'],
    ['REMINDER_INTERVAL_DAYS', 'soon'],
    ['SUPPORT_EMAIL', 'help'],
    ['BRAND_NAME', '  '],
    ['BRAND_NAME', 'x'.repeat(61)],
  ] as const)('%s does not take %j', (key, typed) => {
    expect(settings[key].model.safeParse(typed).success).toBe(false);
  });

  test('has a default that it would itself take', () => {
    for (const key of keys) {
      const { defaultValue } = entryOf(key, null);
      if (defaultValue !== null) expect(settings[key].model.parse(defaultValue)).toBe(defaultValue);
    }
  });
});
