import { defineTask } from '@buffrsign/kernel';
import { z } from 'zod';

/** Lets an execution go on as far as it can. */
export const advanceExecution = defineTask('advance-execution', z.object({ executionId: z.string() }));

/** Ends the waiting of a step whose time has passed. */
export const wakeStep = defineTask('wake-step', z.object({ stepId: z.string() }));

/** Ends an approval that nobody decided in time. */
export const expireApproval = defineTask('expire-approval', z.object({ approvalId: z.string() }));
