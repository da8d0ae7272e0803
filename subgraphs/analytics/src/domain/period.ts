import { Problem } from '@buffrsign/kernel';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
/** Days in a period at most: three years. */
export const MAX_DAYS = 1096;

/** Days from the first to the last, both included; each stands as its midnight in UTC. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

export const dayOf = (moment: Date): Date => new Date(Math.floor(moment.getTime() / DAY_MS) * DAY_MS);

export const addDays = (day: Date, days: number): Date => new Date(day.getTime() + days * DAY_MS);

/** A period as somebody asks for it. */
export interface AskedPeriod {
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

/** The period that ends today and has this many days. */
export const lastDays = (days: number, now: Date): Period => ({ from: addDays(dayOf(now), 1 - days), to: dayOf(now) });

/** The period that somebody asks for; what they leave out is filled in. @throws Problem BAD_USER_INPUT when it is empty or too long. */
export const readPeriod = (asked: AskedPeriod, now: Date): Period => {
  const to = dayOf(asked.to ?? now);
  const from = asked.from ? dayOf(asked.from) : addDays(to, 1 - DEFAULT_DAYS);
  const days = (to.getTime() - from.getTime()) / DAY_MS + 1;
  if (days < 1) throw new Problem('BAD_USER_INPUT', { message: '`from` must not be after `to`.' });
  if (days > MAX_DAYS) throw new Problem('BAD_USER_INPUT', { message: `A period has at most ${MAX_DAYS} days. Ask for a shorter one.` });
  return { from, to };
};
