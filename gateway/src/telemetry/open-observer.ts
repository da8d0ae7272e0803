import type { Logger, Telemetry } from '@buffrsign/kernel/gateway';
import type { FiguresSources } from './figures.ts';
import { createObserver, type Observer } from './observer.ts';

/** The observer that is asked for. Nothing is loaded for figures that nobody reads. */
export const openObserver = async ({ log, telemetry, ...sources }: FiguresSources & { log: Logger; telemetry: Telemetry | undefined }): Promise<Observer> => {
  const { metrics, tracer } = telemetry ?? {};
  const figures = metrics && (await import('./figures.ts')).createFigures(metrics, sources);
  return createObserver({ log, tracer, figures });
};
