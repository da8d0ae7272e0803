import { on, type Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { notices, type Notice } from '../notices/index.ts';
import { notify } from '../use-cases/index.ts';
import { copies } from './copies.ts';
import { settlements } from './settlements.ts';

const toHandler = (notice: Notice): Handler<Work> => on<Work>()(notice.when, (work, fact) => notify(work, notice, fact));

/** Copies come first: notices of the same fact read them. No handler of a notice is written by hand. */
export const handlers: readonly Handler<Work>[] = [...copies, ...settlements, ...notices.map(toHandler)];
