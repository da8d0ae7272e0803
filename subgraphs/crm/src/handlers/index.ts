import type { Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { onEnvelopeSent } from './on-envelope-sent.ts';

export const handlers: readonly Handler<Work>[] = [onEnvelopeSent];
