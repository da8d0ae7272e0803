import { defineTask } from '@buffrsign/kernel';
import { z } from 'zod';

/** Makes a checkpoint of one trail, when there is something new in it. */
export const checkpointTrailTask = defineTask('checkpoint-trail', z.object({ organizationId: z.string() }));

/** Run by the clock, with nothing to say: looks for trails with something new in them. */
export const checkpointTrailsTask = defineTask('checkpoint-trails', z.looseObject({}));

/** Gets a timestamp for a checkpoint. */
export const anchorCheckpointTask = defineTask('anchor-checkpoint', z.object({ checkpointId: z.string() }));
