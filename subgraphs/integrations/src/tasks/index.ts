import type { Task } from '@buffrsign/kernel';
import type { JobTools } from '../context.ts';
import { deliverWebhook } from './deliver-webhook.ts';

export const tasks: readonly Task<JobTools>[] = [deliverWebhook];
