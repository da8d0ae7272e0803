import type { StoredFile } from '@buffrsign/files';
import { Readable } from 'node:stream';
import type { Tools } from '../../context.ts';
import type { FieldSizes, Revision, Terms } from '../../sealing/engine.ts';
import { passOn, type Attempt } from './claim-step.ts';
import { documentPlan, fieldsToSign } from './document-plan.ts';
import type { Made } from './finish-step.ts';
import { signerAct } from './signer-act.ts';

/** Bytes of a sealed PDF at most: far beyond what can be uploaded. */
const MAX_BYTES = 512 * 1024 * 1024;

const bare = { level: null, timestamp: null, certificate: null } as const;

const layOut = async (tools: Tools, attempt: Attempt, pdf: Uint8Array): Promise<(Revision & { readonly fieldSizes: FieldSizes }) | null> => {
  const plan = await documentPlan(tools.db, attempt.envelope);
  if (!(await passOn(tools, attempt, 'STAMPING'))) return null;
  const laidOut = await tools.services.engine.layOut(pdf, plan);
  return { ...bare, pdf: laidOut.pdf, fieldSizes: laidOut.sizes };
};

/** Looked up instead of read from the PDF, which would be read whole for it. */
const sizesOf = async ({ db }: Tools, envelopeId: string): Promise<FieldSizes> => {
  const base = await db.sealingStep.findFirst({ where: { envelopeId, kind: 'BASE' }, select: { fieldSizes: true } });
  return (base?.fieldSizes ?? {}) as unknown as FieldSizes;
};

/** Earlier revisions are what earlier signatures are over: not one byte of them may change. */
const assertAppended = (before: Uint8Array, after: Uint8Array): void => {
  if (after.length <= before.length || Buffer.compare(after.subarray(0, before.length), before) !== 0) throw new Error('A revision did not begin with the bytes of the one before; it was discarded.');
};

const append = async (tools: Tools, { envelope, step }: Attempt, pdf: Uint8Array, terms: Terms): Promise<Revision> => {
  const { engine } = tools.services;
  switch (step.kind) {
    case 'SEAL':
      return engine.seal(pdf, envelope.id, terms);
    case 'SIGNER':
      return engine.sign(pdf, await signerAct(tools.db, envelope, step.recipientId ?? '', await sizesOf(tools, envelope.id)), terms);
    case 'LTV':
      return engine.extend(pdf, terms);
    case 'ARCHIVE':
      return engine.archive(pdf, terms);
    case 'BASE':
      throw new Error('A base revision is laid out, not appended.');
  }
};

const store = async ({ services }: Tools, organizationId: string, { pdf, ...proof }: Revision & { readonly fieldSizes?: FieldSizes }): Promise<Made> => {
  const file: StoredFile = await services.files.put(organizationId, Readable.from([pdf]), { maxBytes: MAX_BYTES });
  return { ...proof, ...file };
};

/** Makes the file of one step; null when the attempt was overtaken on the way. Nothing of it shows yet. */
export const makeRevision = async (tools: Tools, attempt: Attempt): Promise<Made | null> => {
  const { envelope, step, previousSha256, level } = attempt;
  const { organizationId, documentSigned } = envelope;
  const pdf = await tools.services.files.readAll(organizationId, previousSha256);
  if (step.kind === 'BASE') {
    if (documentSigned) {
      await tools.services.engine.assertAppendable(pdf, await fieldsToSign(tools.db, envelope));
      return { ...bare, sha256: previousSha256, size: pdf.length };
    }
    const laidOut = await layOut(tools, attempt, pdf);
    return laidOut && store(tools, organizationId, laidOut);
  }
  const revision = await append(tools, attempt, pdf, { level, now: tools.now() });
  assertAppended(pdf, revision.pdf);
  return store(tools, organizationId, revision);
};
