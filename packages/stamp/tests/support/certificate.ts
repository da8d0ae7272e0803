import type { CertificateEntry, CertificatePlan } from '../../src/index.ts';

const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 25, 10, minutes, 30));

export const CERTIFICATE: CertificatePlan = {
  envelopeId: '0193a5f2-7c1e-7a0b-9d52-0f5cbb1d2e11',
  documentTitle: 'Lease agreement – Erf 1234 / عقد إيجار',
  originalSha256: SHA256,
  documentSha256: [...SHA256].reverse().join(''),
  sender: 'Petrus Iipinge, Iipinge & Partners (petrus@example.na)',
  createdAt: at(1),
  sentAt: at(2),
  verificationUrl: 'https://sign.example.na/verify/0193a5f2-7c1e-7a0b-9d52-0f5cbb1d2e11',
  testTrust: true,
  recipients: [
    { fieldName: 'certificate_1', name: 'Ndapewa Shikongo-Müller', email: 'ndapewa@example.na', routingOrder: 1 },
    { fieldName: 'certificate_2', name: 'محمد عبد الله', email: 'm.abdullah@example.com', routingOrder: 2 },
  ],
};

export const ENTRY: CertificateEntry = {
  name: 'Ndapewa Shikongo-Müller',
  email: 'ndapewa@example.na',
  identifiedBy: 'One-time code sent to this e-mail address',
  sentAt: at(2),
  openedAt: at(3),
  consentAt: at(4),
  consentTextSha256: SHA256,
  signedAt: at(5),
  ip: '2001:db8:85a3::8a2e:370:7334',
  userAgent: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
  certificateSerial: '5f:3a:91:0c:77:ab',
};
