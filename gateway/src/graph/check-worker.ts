import { parentPort, workerData } from 'node:worker_threads';
import { loadSupergraph } from '../supergraph.ts';
import type { Checked, ToCheck } from './check.ts';

const check = ({ sdl, options }: ToCheck): Checked => {
  try {
    return { subgraphs: loadSupergraph(sdl, options).subgraphs };
  } catch (error) {
    return { reason: (error as Error).message };
  }
};

parentPort!.postMessage(check(workerData as ToCheck));
