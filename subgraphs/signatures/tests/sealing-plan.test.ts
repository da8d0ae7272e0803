import { describe, expect, test } from 'vitest';
import { closingSteps, openingSteps, settledAt } from '../src/domain/sealing-plan.ts';
import { retryAfterSeconds } from '../src/domain/sealing-retry.ts';

const now = new Date('2026-03-01T23:30:00Z');
const earlier = new Date('2026-02-01T00:00:00Z');

describe('the plan of a sealing', () => {
  test('has no layout and no seal where the document is signed already', () => {
    expect(openingSteps(false)).toEqual(['BASE', 'SEAL']);
    expect(openingSteps(true)).toEqual(['BASE']);
  });

  test('closes a PDF as its level demands', () => {
    expect((['B_B', 'B_T', 'B_LT', 'B_LTA'] as const).map(closingSteps)).toEqual([[], [], ['LTV'], ['LTV', 'ARCHIVE']]);
  });

  test('collects proof only a second after the last signature, by whichever clock is ahead', () => {
    const ahead = new Date(now.getTime() + 5000);
    expect(settledAt([{ doneAt: now, timestampedAt: null }, { doneAt: earlier, timestampedAt: ahead }])).toEqual(new Date(ahead.getTime() + 1000));
    expect(settledAt([{ doneAt: null, timestampedAt: null }])).toEqual(new Date(0));
  });
});

test('sealing is tried again after growing pauses, and never given up', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 1000].map((attempts) => retryAfterSeconds(attempts))).toEqual([5, 5, 15, 60, 120, 300, 300, 300]);
  expect([0, 1, 2, 3].map((attempts) => retryAfterSeconds(attempts, [1, 2]))).toEqual([1, 1, 2, 2]);
});
