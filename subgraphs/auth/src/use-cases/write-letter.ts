import type { LetterPayload } from '../tasks/definitions.ts';
import type { Tools } from '../context.ts';
import { emailVerificationRequested, passwordResetRequested } from '../events.ts';
import { hashOf, newSecret } from '../secrets.ts';

const facts = { VERIFY_EMAIL: emailVerificationRequested, RESET_PASSWORD: passwordResetRequested } as const;

/** Makes the link of a letter and says that it is to be sent, once for a letter. Nothing happens for an address without an account. */
export const writeLetter = (tools: Tools, { proofId, email, purpose, expiresAt }: LetterPayload): Promise<void> =>
  tools.transaction(async (tx) => {
    const user = await tx.db.user.findUnique({ where: { email }, include: { memberships: { orderBy: { id: 'asc' }, take: 1 } } });
    const organizationId = user?.memberships[0]?.organizationId;
    if (!user || !organizationId) return;
    const token = newSecret('link');
    const proof = { id: proofId, userId: user.id, purpose, tokenHash: hashOf(token), createdAt: tx.now, expiresAt: new Date(expiresAt) };
    const { count } = await tx.db.emailProof.createMany({ data: proof, skipDuplicates: true });
    if (count === 0) return;
    await tx.publish(facts[purpose], { subject: user.id, organizationId }, { userId: user.id, name: user.name, email, sealedToken: tools.services.seal(token), expiresAt });
  });
