import { implementTask } from '@buffrsign/kernel';
import type { Tools } from '../context.ts';
import { sweep, writeLetter } from '../use-cases/index.ts';
import { rotateKeysTask, sweepTask, writeLetterTask } from './definitions.ts';

const implement = implementTask<Tools>();

export const tasks = [
  implement(writeLetterTask, writeLetter),
  implement(rotateKeysTask, ({ services }) => services.tokens.rotate()),
  implement(sweepTask, sweep),
];

/** UTC. */
export const crons = [
  // Monthly. A key signs for a month and is published for a week more, longer than any token lives.
  { task: rotateKeysTask.name, match: '0 3 1 * *' },
  { task: sweepTask.name, match: '30 3 * * *' },
];
