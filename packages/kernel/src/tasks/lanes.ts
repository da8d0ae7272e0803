import { createHash } from 'node:crypto';

const LANES = 64;

/**
 * The queue for jobs that must run one after another, by what they have in common. Queues are few, since Postgres locks
 * every free one each time that it gives out a job of any; that some share a queue costs nothing but a wait.
 */
export const laneOf = (kind: 'facts' | 'jobs', key: string): string => `${kind}-${createHash('sha256').update(key).digest().readUInt32BE() % LANES}`;
