import type { SignerCertificateResolvers } from './../__generated__/types.ts';
import { createHash } from 'node:crypto';

export const SignerCertificate: SignerCertificateResolvers = {
  subject: ({ certificateSubject }) => certificateSubject!,
  serialNumber: ({ certificateSerial }) => certificateSerial!,
  sha256: ({ certificate }) => createHash('sha256').update(certificate!).digest('hex'),
};
