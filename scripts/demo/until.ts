import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

/** Waits until a condition gives something; fails, saying what it waited for, when it never does. */
export const until = async <Result>(what: string, condition: () => Promise<Result | undefined | null | false> | Result | undefined | null | false): Promise<Result> => {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(20)) {
    const result = await condition();
    if (result) return result;
  }
  throw new Error(`Waited ${PATIENCE_MS / 1_000} s for ${what}.`);
};
