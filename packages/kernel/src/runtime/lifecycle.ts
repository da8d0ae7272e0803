import type { Check } from '../health/readiness.ts';
import type { Logger } from './logger.ts';

/** Where a process is in its life. Only `ready` takes traffic. */
export type Phase = 'starting' | 'ready' | 'stopping' | 'stopped' | 'failed';

/** Something that is started before what needs it and stopped after. */
export interface Part {
  readonly name: string;
  start(): Promise<void>;
  /** Ends what it began, in order. `signal` aborts when the time for an orderly end is over. */
  stop(signal: AbortSignal): Promise<void>;
  /** What it needs to do its work, where it can lose that while it runs. */
  readonly check?: Omit<Check, 'name'>;
}

export interface Running {
  phase(): Phase;
  stop(): Promise<void>;
}

/** Time that all parts together have for an orderly end. */
const GRACE_MS = 10_000;

/**
 * Starts parts one after another and stops them in the reverse order. When one does not start, those before it are
 * stopped again: never half a platform.
 */
export const run = async (parts: readonly Part[], log: Logger, graceMs = GRACE_MS): Promise<Running> => {
  let phase: Phase = 'starting';
  const started: Part[] = [];
  let stopping: Promise<void> | undefined;

  const stopAll = async (): Promise<void> => {
    const signal = AbortSignal.timeout(graceMs);
    const over = new Promise<'over'>((resolve) => signal.addEventListener('abort', () => resolve('over'), { once: true }));
    for (const part of started.reverse()) {
      const stopped = part.stop(signal).catch((error: unknown) => log.error({ err: error, part: part.name }, 'part did not stop cleanly'));
      // What does not end in time is left behind: a process that hangs would be killed, with less said.
      if ((await Promise.race([stopped, over])) === 'over') log.warn({ part: part.name }, 'part did not stop in time');
    }
  };

  try {
    for (const part of parts) {
      await part.start();
      started.push(part);
    }
  } catch (error) {
    phase = 'failed';
    await stopAll();
    throw error;
  }
  phase = 'ready';
  return {
    phase: () => phase,
    stop: () => {
      stopping ??= (async () => {
        phase = 'stopping';
        await stopAll();
        phase = 'stopped';
      })();
      return stopping;
    },
  };
};
