import { FileStoreError } from '@buffrsign/files';
import { newId } from '@buffrsign/kernel';
import { Readable } from 'node:stream';
import type { Envelope } from '../__generated__/prisma/client.ts';
import type { Tools } from '../context.ts';
import { SealingFailure } from '../sealing/engine.ts';
import { placedValues } from '../sealing/placed-values.ts';
import { claimSealing, finishSealing, passOn, postponeSealing } from './sealing-steps.ts';

/** Bytes of a sealed PDF at most: far beyond what can be uploaded. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Why sealing waits, in a sentence that may be shown. */
const reasonOf = (error: unknown): string => {
  if (error instanceof SealingFailure) return error.message;
  if (!(error instanceof FileStoreError)) return 'Something unexpected happened. It is tried again.';
  return error.code === 'FILE_NOT_FOUND' || error.code === 'FILE_DAMAGED' ? 'The file of the document is not there or is damaged.' : 'The file store cannot be used right now.';
};

const make = async ({ services, now }: Tools, envelope: Envelope, toSigning: () => Promise<boolean>, values: Parameters<Tools['services']['engine']['stamp']>[1]) => {
  const { organizationId, id: envelopeId } = envelope;
  const pdf = await services.files.readAll(organizationId, envelope.documentSha256 ?? '');
  const stamped = await services.engine.stamp(pdf, values);
  if (!(await toSigning())) return null;
  const sealed = await services.engine.sign(stamped, { envelopeId, now: now() });
  return services.files.put(organizationId, Readable.from([sealed]), { maxBytes: MAX_BYTES });
};

/**
 * Makes the sealed PDF of an envelope that all have signed. Ended anywhere, it begins again from the document and ends
 * the same way: nothing shows before the one transaction that says so. An attempt that another one overtook goes no
 * further.
 */
export const sealEnvelope = async (tools: Tools, envelopeId: string): Promise<void> => {
  const claim = newId('seal');
  const envelope = await claimSealing(tools, envelopeId, claim);
  if (!envelope) return;
  try {
    const stored = await make(tools, envelope, () => passOn(tools, envelope, claim, 'STAMPING', 'SIGNING'), await placedValues(tools.db, envelopeId));
    if (stored) await finishSealing(tools, envelope, claim, stored);
  } catch (error) {
    tools.log.warn({ err: error, envelopeId }, 'sealing waits');
    await postponeSealing(tools, envelope, claim, reasonOf(error));
  }
};
