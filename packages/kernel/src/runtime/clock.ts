/** Tells the time. Injected everywhere, so that a test can decide what time it is. */
export type Clock = () => Date;

/** The only place that asks the machine for the time. */
export const systemClock: Clock = () => new Date();
