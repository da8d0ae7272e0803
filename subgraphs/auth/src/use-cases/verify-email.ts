import type { Acting } from '../context.ts';
import { hashOf } from '../secrets.ts';
import { linkNotValid, type LinkNotValid } from './link-not-valid.ts';

export type VerifyEmailOutcome = { readonly __typename: 'VerifyEmailSuccess'; readonly verifiedAt: Date } | LinkNotValid;

/** The link may be opened more than once until its time runs out: scanners of mail do, and it opens no door. */
export const verifyEmail = (ctx: Acting, { token }: { readonly token: string }): Promise<VerifyEmailOutcome> =>
  ctx.transaction(async (tx) => {
    const proof = await tx.db.emailProof.findFirst({ where: { tokenHash: hashOf(token), purpose: 'VERIFY_EMAIL', expiresAt: { gt: tx.now } } });
    if (!proof) return linkNotValid;
    await tx.db.user.updateMany({ where: { id: proof.userId, emailVerifiedAt: null }, data: { emailVerifiedAt: tx.now } });
    const { emailVerifiedAt } = await tx.db.user.findUniqueOrThrow({ where: { id: proof.userId } });
    return { __typename: 'VerifyEmailSuccess', verifiedAt: emailVerifiedAt ?? tx.now };
  });
