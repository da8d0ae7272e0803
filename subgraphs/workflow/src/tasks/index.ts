import { implementTask } from '@buffrsign/kernel';
import type { JobTools } from '../context.ts';
import * as useCases from '../use-cases/index.ts';
import { advanceExecution, expireApproval, wakeStep } from './definitions.ts';

const job = implementTask<JobTools>();

/** Each does all it does in one transaction: ended anywhere, nothing happened and it runs again. */
export const tasks = [
  job(advanceExecution, ({ transaction }, { executionId }) => transaction((tx) => useCases.advanceExecution(tx, executionId))),
  job(wakeStep, ({ transaction }, { stepId }) => transaction((tx) => useCases.wakeStep(tx, stepId))),
  job(expireApproval, ({ transaction }, { approvalId }) => transaction((tx) => useCases.expireApproval(tx, approvalId))),
];
