/** A moment in UTC, to the second, with its zone. */
export function momentOf(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export const WORDS = {
  title: 'Completion certificate',
  maker: 'BuffrSign',
  testTrust: 'TEST TRUST',
  testTrustMeans: 'Certificates and time stamps of this envelope come from a test authority. They prove nothing to third parties.',
  scan: 'Scan to check this document',
  recipients: 'Recipients',
  recipientsMeans: 'Each entry is filled in, and covered, by the signature of that recipient. An empty entry: not signed in this copy of the file.',
  check: 'How to check this without us',
  checkSignatures: 'Open this file in any program that checks PAdES signatures (a PDF reader, pdfsig): it names every signer, the time, and every later change.',
  checkFile: 'Run sha256sum on the original that you hold and compare. Certificates and time stamps are in this file itself.',
} as const;
