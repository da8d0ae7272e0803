import { implementTask } from '@buffrsign/kernel';
import type { Tools } from '../context.ts';
import { sweepSealings } from '../use-cases/index.ts';
import { sweepSealingsTask } from './definitions.ts';

export const sweepSealingsJob = implementTask<Tools>()(sweepSealingsTask, (tools) => sweepSealings(tools));
