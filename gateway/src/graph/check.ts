import { Worker } from 'node:worker_threads';
import { SupergraphError, type LoadingOptions } from '../supergraph.ts';
import type { Subgraph } from '../transport/connect.ts';

/** What is given to the thread. */
export interface ToCheck {
  readonly sdl: string;
  readonly options: LoadingOptions;
}

/** What a check found: the subgraphs of a supergraph that can be served, or why it cannot. */
export type Checked = { readonly subgraphs: readonly Subgraph[] } | { readonly reason: string };

/** Longer than the largest supergraph takes on a machine that has other things to do. */
const CHECK_MS = 120_000;

/**
 * Loads a supergraph in a thread of its own and throws the result away, so that one that cannot be served, or that
 * breaks whoever loads it, costs those who are served nothing.
 *
 * @throws SupergraphError, in words.
 */
export const checkSupergraph = async (sdl: string, options: LoadingOptions): Promise<readonly Subgraph[]> => {
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { workerData: { sdl, options } satisfies ToCheck });
  const checked = await new Promise<Checked>((resolve) => {
    const timer = setTimeout(() => resolve({ reason: `The supergraph could not be loaded within ${CHECK_MS / 1_000} seconds.` }), CHECK_MS);
    worker.once('message', resolve);
    worker.once('error', (error) => resolve({ reason: `The supergraph cannot be served: ${error instanceof Error ? error.message : String(error)}` }));
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve({ reason: 'The supergraph could not be checked: the check ended without a word.' });
    });
  });
  await worker.terminate();
  if ('reason' in checked) throw new SupergraphError(checked.reason);
  return checked.subgraphs;
};
