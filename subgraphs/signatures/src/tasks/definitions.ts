import { defineTask } from '@buffrsign/kernel';
import { z } from 'zod';
import type { Tx } from '../context.ts';

export const sealEnvelopeTask = defineTask('seal-envelope', z.object({ envelopeId: z.string() }));

/** Run by the clock, with nothing to say. */
export const expireEnvelopesTask = defineTask('expire-envelopes', z.looseObject({}));

/** As `expireEnvelopesTask`. */
export const sweepSealingsTask = defineTask('sweep-sealings', z.looseObject({}));

/** The queue counts attempts; sealing never gives up, so the count is as high as the queue can count. */
const MAX_ATTEMPTS = 32_000;

/** By what the queue knows the job of an envelope. */
export const sealingJobKey = (envelopeId: string): string => `seal:${envelopeId}`;

/**
 * Leaves the sealing of an envelope for now or later. One job an envelope: a new one takes the place of one that waits,
 * and comes after one that runs.
 */
export const enqueueSealing = (tx: Tx, envelopeId: string, runAt?: Date): Promise<void> =>
  tx.enqueue(sealEnvelopeTask, { envelopeId }, { key: sealingJobKey(envelopeId), queue: envelopeId, maxAttempts: MAX_ATTEMPTS, ...(runAt && { runAt }) });
