import { FileStoreError } from '@buffrsign/files';
import { newId } from '@buffrsign/kernel';
import type { Tools } from '../../context.ts';
import { SealingFailure } from '../../sealing/engine.ts';
import { claimStep, type Attempt } from './claim-step.ts';
import { finishStep, postponeStep } from './finish-step.ts';
import { makeRevision } from './make-revision.ts';

/** Why sealing waits, in a sentence that may be shown. */
const reasonOf = (error: unknown): string => {
  if (error instanceof SealingFailure) return error.message;
  if (!(error instanceof FileStoreError)) return 'Something unexpected happened. It is tried again.';
  if (error.code === 'NO_SPACE') return 'The file store has no space left.';
  return error.code === 'FILE_NOT_FOUND' || error.code === 'FILE_DAMAGED' ? 'The file of the document is not there or is damaged.' : 'The file store cannot be used right now.';
};

const tryStep = async (tools: Tools, attempt: Attempt): Promise<boolean> => {
  try {
    const made = await makeRevision(tools, attempt);
    return made !== null && (await finishStep(tools, attempt, made));
  } catch (error) {
    tools.log.warn({ err: error, envelopeId: attempt.envelope.id, step: attempt.step.kind }, 'sealing waits');
    await postponeStep(tools, attempt, reasonOf(error));
    return false;
  }
};

/**
 * Goes on with the sealing of an envelope, step by step, until nothing is left that can be done now. Ended anywhere, it
 * goes on after the last step that was done: a step shows in the one transaction that says so, or not at all. An attempt
 * that another one overtook goes no further and changes nothing.
 */
export const sealEnvelope = async (tools: Tools, envelopeId: string): Promise<void> => {
  for (;;) {
    const attempt = await claimStep(tools, envelopeId, newId('seal'));
    if (!attempt || !(await tryStep(tools, attempt))) return;
  }
};
