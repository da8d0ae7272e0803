import { createHash } from 'node:crypto';

/**
 * What a recipient agrees to by signing. Fixed in every envelope when it is sent, so that a later wording changes
 * nothing that was agreed to before. An agreement of the parties on the kind of signature is what section 20(2) of the
 * Electronic Transactions Act 4 of 2019 (Namibia) asks for.
 */
export const CONSENT_TEXT =
  'I have read this document. I agree to sign it electronically, I mean what I fill in here as my signature, and I accept that it binds me as a handwritten signature would.';

/** SHA-256 of a consent text, UTF-8, in hexadecimal. */
export const consentDigest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
