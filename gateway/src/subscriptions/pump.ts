import type { StreamEvent } from './stream-event.ts';
import type { Upstream } from './upstream.ts';

/** Brings the events of an upstream, one after another, as long as they are wanted. */
export interface Pump {
  /** They are wanted again. */
  run(): void;
  stop(): void;
}

export interface PumpHooks {
  isWanted(): boolean;
  arrived(event: StreamEvent): void;
  /** Nothing more comes; where the source said why, that is the last event. */
  ended(last: StreamEvent | undefined): void;
}

export const createPump = (upstream: Upstream, { isWanted, arrived, ended }: PumpHooks): Pump => {
  let [isRunning, isStopped] = [false, false];

  const pump = async (): Promise<void> => {
    isRunning = true;
    while (!isStopped && isWanted()) {
      const arrival = await upstream.next();
      if (isStopped) break;
      if (!arrival || arrival.isLast) ended(arrival?.event);
      else arrived(arrival.event);
    }
    isRunning = false;
  };

  return {
    run: () => void (isRunning || isStopped || pump()),
    stop() {
      isStopped = true;
      upstream.close();
    },
  };
};
