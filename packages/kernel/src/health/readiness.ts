import type { Clock } from '../runtime/clock.ts';

/** Something that a process needs to do its work, and the sentence that says what is wrong when it is not there. */
export interface Check {
  readonly name: string;
  /** For people, without addresses or secrets: whoever asks how a process is may be anybody. */
  readonly failure: string;
  /** Rejects, or is not done within two seconds, when it is not there. */
  run(): Promise<unknown>;
}

/** Whether a process may be given work, and if not, why. */
export interface Readiness {
  readonly ready: boolean;
  /** What is missing, as `name: sentence`. */
  readonly notReady: readonly string[];
  /** Each thing that it needs, and whether it is there. */
  readonly checks: Readonly<Record<string, boolean>>;
  /** Since when it is as it is, as far as anybody asked. */
  readonly since: Date;
}

const PATIENCE_MS = 2_000;

const holds = async (check: Check): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), PATIENCE_MS)));
  const done = check.run().then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
};

/** Runs checks when it is asked, all at once; who asks meanwhile shares the answer. */
export const createReadiness = (checks: () => readonly Check[], now: Clock): (() => Promise<Readiness>) => {
  // Ready at the first look, it has been since it was started.
  let [before, since] = [true, now()];
  let asking: Promise<Readiness> | undefined;
  const ask = async (): Promise<Readiness> => {
    const outcomes = await Promise.all(checks().map(async (check) => ({ ...check, there: await holds(check) })));
    const notReady = outcomes.filter(({ there }) => !there).map(({ name, failure }) => `${name}: ${failure}`);
    const ready = notReady.length === 0;
    if (ready !== before) [before, since] = [ready, now()];
    return { ready, notReady, checks: Object.fromEntries(outcomes.map(({ name, there }) => [name, there])), since };
  };
  return () => (asking ??= ask().finally(() => (asking = undefined)));
};
