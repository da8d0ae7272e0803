import { implementTask } from '@buffrsign/kernel';
import type { Tools } from '../context.ts';
import { attemptEmail } from '../use-cases/attempt-email.ts';
import { sendEmailTask } from './send-email.ts';

export const tasks = [implementTask<Tools>()(sendEmailTask, (tools, { messageId }) => attemptEmail(tools, messageId))];
