import { newId, type Transaction } from '@buffrsign/kernel';
import type { Verification } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';
import { checkDocument, stateAfter } from '../domain/check-document.ts';
import type { GivenDocument } from '../domain/document.ts';
import type { Services } from '../services.ts';
import { decide } from './decide.ts';

/** Checks a document, keeps it sealed with what the checks gave, and moves the verification on. */
export const attachDocument = async (tx: Transaction<Database>, { seal }: Services, verification: Verification, given: GivenDocument): Promise<void> => {
  const { id: verificationId, organizationId } = verification;
  const { document, results } = checkDocument(given, verification, tx.now);
  const { state, reason } = stateAfter(results);
  await tx.db.verificationCheck.createMany({ data: results.map((result) => ({ id: newId('vck'), organizationId, verificationId, ...result, checkedAt: tx.now })) });
  const attached = await tx.db.verification.update({
    where: { id: verificationId },
    data: {
      state: 'REQUIRES_REVIEW',
      documentType: document.type,
      sealedDocument: seal(JSON.stringify(given)),
      maskedNumber: document.maskedNumber,
      issuingState: document.issuingState,
      documentExpiry: document.expiresOn,
    },
  });
  if (state === 'REJECTED') await decide(tx, attached, { state, reason, decidedBy: null });
};
