import { readInput, type InvalidInput } from '@buffrsign/kernel';
import type { Verification } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { addDocumentModel } from '../domain/verification.ts';
import { attachDocument } from './attach-document.ts';
import { holdVerification, stateError, type VerificationStateError } from './hold-verification.ts';

export type AddVerificationDocumentOutcome = { readonly __typename: 'AddVerificationDocumentSuccess'; readonly verification: Verification } | VerificationStateError | InvalidInput;

export const addVerificationDocument = async (ctx: Context, input: { readonly id: string }): Promise<AddVerificationDocumentOutcome> => {
  const read = readInput(addDocumentModel, input);
  if ('refusal' in read) return read.refusal;

  return ctx.transaction(async (tx) => {
    const held = await holdVerification(tx, ctx.actor, input.id);
    if (held.state !== 'PENDING') return stateError(held, 'This verification does not wait for a document. Start another one.');
    await attachDocument(tx, ctx.services, held, read.data.document);
    return { __typename: 'AddVerificationDocumentSuccess', verification: await tx.db.verification.findUniqueOrThrow({ where: { id: held.id } }) };
  });
};
