import { parentPort, workerData } from 'node:worker_threads';
import { loadSupergraph } from '../supergraph.ts';
import type { Checked } from './check.ts';

const check = (sdl: string): Checked => {
  try {
    return { subgraphs: loadSupergraph(sdl).subgraphs };
  } catch (error) {
    return { reason: (error as Error).message };
  }
};

parentPort!.postMessage(check(workerData as string));
