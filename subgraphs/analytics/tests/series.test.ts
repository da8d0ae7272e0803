import { describe, expect, test } from 'vitest';
import { refuseRecording } from '../src/domain/metric.ts';
import { readPeriod } from '../src/domain/period.ts';
import { toSeries } from '../src/domain/series.ts';

const day = (text: string) => new Date(`${text}T00:00:00.000Z`);
const values = [
  { day: day('2026-02-27'), value: 0.1 },
  { day: day('2026-03-01'), value: 0.2 },
  { day: day('2026-03-02'), value: 4 },
];
const period = { from: day('2026-02-27'), to: day('2026-03-03') };
const pointsOf = (kind: 'COUNTER' | 'GAUGE', granularity: 'DAY' | 'WEEK' | 'MONTH') =>
  toSeries(kind, values, period, granularity).points.map(({ from, value }) => [from.toISOString().slice(0, 10), value]);

describe('a series', () => {
  test('has a point for every day, also for those on which nothing happened', () => {
    expect(pointsOf('COUNTER', 'DAY')).toEqual([['2026-02-27', 0.1], ['2026-02-28', 0], ['2026-03-01', 0.2], ['2026-03-02', 4], ['2026-03-03', 0]]);
  });

  test('begins weeks on Monday and months on the first, and adds up a counter exactly', () => {
    expect(pointsOf('COUNTER', 'WEEK')).toEqual([['2026-02-27', 0.3], ['2026-03-02', 4]]);
    expect(pointsOf('COUNTER', 'MONTH')).toEqual([['2026-02-27', 0.1], ['2026-03-01', 4.2]]);
    expect(toSeries('COUNTER', values, period, 'MONTH').total).toBe(4.3);
  });

  test('lets the last value of a gauge stand for a stretch, and null where none was recorded', () => {
    expect(pointsOf('GAUGE', 'WEEK')).toEqual([['2026-02-27', 0.2], ['2026-03-02', 4]]);
    expect(pointsOf('GAUGE', 'DAY').map(([, value]) => value)).toEqual([0.1, null, 0.2, 4, null]);
    expect(toSeries('GAUGE', [], period, 'DAY').total).toBeNull();
  });

  test('leaves out days beside its period', () => {
    expect(toSeries('COUNTER', values, { from: day('2026-03-01'), to: day('2026-03-01') }, 'MONTH')).toMatchObject({ total: 0.2, points: [{ value: 0.2 }] });
  });
});

describe('a period', () => {
  const now = new Date('2026-03-05T23:59:59.000Z');

  test('is the last thirty days when nothing is said', () => {
    expect(readPeriod({}, now)).toEqual({ from: day('2026-02-04'), to: day('2026-03-05') });
  });

  test.each([
    ['ends before it begins', { from: day('2026-03-02'), to: day('2026-03-01') }, /must not be after/],
    ['is longer than three years', { from: day('2020-01-01'), to: day('2026-03-01') }, /at most 1096 days/],
  ])('is refused when it %s', (_what, asked, message) => {
    expect(() => readPeriod(asked, now)).toThrow(message);
  });
});

test.each([
  ['a counter that shrinks', 'COUNTER', -1, '2026-03-01', 'value'],
  ['a day that has not come', 'GAUGE', 1, '2026-03-02', 'day'],
] as const)('%s is not recorded', (_what, kind, value, on, path) => {
  expect(refuseRecording(kind, { value, day: day(on) }, day('2026-03-01'))).toMatchObject({ path });
});
