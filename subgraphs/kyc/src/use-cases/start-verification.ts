import { newId, once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Verification } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { OPEN_FOR_MS, startModel } from '../domain/verification.ts';
import { expireVerificationTask } from '../tasks/definitions.ts';
import { attachDocument } from './attach-document.ts';

export type StartVerificationOutcome = { readonly __typename: 'StartVerificationSuccess'; readonly verification: Verification } | InvalidInput;

export const startVerification = async (ctx: Context, input: unknown): Promise<StartVerificationOutcome> => {
  const { id: startedById, organizationId } = requireUser(ctx.actor);
  const read = readInput(startModel(ctx.now()), input);
  if ('refusal' in read) return read.refusal;
  const { idempotencyKey, personName, dateOfBirth, recipientId = null, document } = read.data;
  const act = { actorId: startedById, organizationId, operation: 'startVerification', key: idempotencyKey, input: ctx.services.fingerprint(read.data) };

  return ctx.transaction(async (tx) => {
    const { id } = await once(tx, act, async () => {
      const expiresAt = new Date(tx.now.getTime() + OPEN_FOR_MS);
      const verification = await tx.db.verification.create({ data: { id: newId('ver'), organizationId, state: 'PENDING', personName, dateOfBirth, recipientId, startedById, expiresAt, createdAt: tx.now } });
      await tx.enqueue(expireVerificationTask, { verificationId: verification.id }, { key: verification.id, runAt: expiresAt });
      if (document) await attachDocument(tx, ctx.services, verification, document);
      return { id: verification.id };
    });
    return { __typename: 'StartVerificationSuccess', verification: await tx.db.verification.findUniqueOrThrow({ where: { id } }) };
  });
};
