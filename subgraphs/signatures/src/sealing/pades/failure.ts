import { ExtensionFailure, PdfRefusal, RevocationUnavailable, SigningFailure } from '@buffrsign/pades';
import { StampRefusal } from '@buffrsign/stamp';
import { SealingFailure, type SealingObstacle } from '../engine.ts';

/** What may be shown. What packages say of keys and servers names folders and addresses, and goes to the log as the cause. */
const sentences = {
  KEYS_UNUSABLE: 'The keys or certificates of the platform’s seal cannot be used right now.',
  CERTIFICATE_EXPIRES: 'A certificate of the platform’s seal ends too early.',
  TIMESTAMP_UNAVAILABLE: 'No timestamp authority gives a timestamp that can be accepted right now.',
  REVOCATION_UNAVAILABLE: 'It cannot be found out right now whether a certificate was revoked.',
} as const;

/** A failure of which only the general is shown. */
export const sealingFailure = (obstacle: keyof typeof sentences, cause?: unknown): SealingFailure => new SealingFailure(obstacle, sentences[obstacle], { cause });

const obstacleOf = (error: unknown): SealingObstacle => {
  if (error instanceof StampRefusal || error instanceof PdfRefusal || error instanceof ExtensionFailure) return 'DOCUMENT_UNUSABLE';
  if (error instanceof RevocationUnavailable) return 'REVOCATION_UNAVAILABLE';
  if (error instanceof SigningFailure && error.code === 'SIGNER_CERTIFICATE_EXPIRED') return 'CERTIFICATE_EXPIRES';
  return 'KEYS_UNUSABLE';
};

/** Runs work of the packages; what they throw becomes a failure of ours. */
export const orFailure = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SealingFailure) throw error;
    const obstacle = obstacleOf(error);
    if (obstacle === 'DOCUMENT_UNUSABLE') throw new SealingFailure(obstacle, (error as Error).message, { cause: error });
    throw sealingFailure(obstacle, error);
  }
};
