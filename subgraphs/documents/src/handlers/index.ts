import type { Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';

export const handlers: readonly Handler<Work>[] = [];
