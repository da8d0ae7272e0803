import { implementTask, type Task } from '@buffrsign/kernel';
import type { JobTools } from '../context.ts';
import { expireVerification } from '../use-cases/index.ts';
import { expireVerificationTask } from './definitions.ts';

export const tasks: readonly Task<JobTools>[] = [implementTask<JobTools>()(expireVerificationTask, (tools, { verificationId }) => expireVerification(tools, verificationId))];
