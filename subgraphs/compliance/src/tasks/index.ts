import { implementTask } from '@buffrsign/kernel';
import type { Tools } from '../context.ts';
import { anchorCheckpoint, checkpointTrail, checkpointTrails } from '../use-cases/index.ts';
import { anchorCheckpointTask, checkpointTrailsTask, checkpointTrailTask } from './definitions.ts';

/** The jobs of this subgraph. */
export const tasks = [
  implementTask<Tools>()(checkpointTrailTask, async (tools, { organizationId }) => void (await checkpointTrail(tools, organizationId))),
  implementTask<Tools>()(checkpointTrailsTask, (tools) => checkpointTrails(tools)),
  implementTask<Tools>()(anchorCheckpointTask, (tools, { checkpointId }) => anchorCheckpoint(tools, checkpointId)),
];

/** Every ten minutes, where something was appended. What people wait for has its checkpoint at once. */
export const crons = [{ task: checkpointTrailsTask.name, match: '*/10 * * * *' }];
