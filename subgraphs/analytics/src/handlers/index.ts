import type { Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { counters } from './counters.ts';
import { envelopeCourse } from './envelope-course.ts';

export const handlers: readonly Handler<Work>[] = [...counters, ...envelopeCourse];
