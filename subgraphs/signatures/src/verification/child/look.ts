import { verifyPdf, type SignatureReport, type Verification } from '@buffrsign/pades';
import type { Report } from '../report.ts';
import type { Job } from './job.ts';

type Trust = Report['signatures'][number]['trust'];

const reportOf = ({ verdict, level, signatures, findings, revisions }: Verification, trustOf: (signature: SignatureReport, index: number) => Trust): Report => ({
  kind: 'report',
  verdict,
  level,
  signatures: signatures.map((signature, index) => ({ ...signature, changesSince: [...signature.changesSince], findings: [...signature.findings], trust: signature.trusted ? trustOf(signature, index) : null })),
  findings: [...findings],
  revisions,
});

/**
 * Verifies a PDF by the configured roots alone, and where that is not enough once more with the test authority: what
 * then rests on it, be it a certificate or the proof of a time, is marked, and is never to be taken for more.
 */
export const look = (pdf: Uint8Array, { configured, test, now }: Job): Report => {
  const own = verifyPdf(pdf, { trust: configured, now });
  if (own.verdict !== 'INVALID' || test.length === 0) return reportOf(own, () => 'CONFIGURED');
  const withTest = verifyPdf(pdf, { trust: [...configured, ...test], now });
  return reportOf(withTest, ({ provenAt }, index) => {
    const alone = own.signatures[index];
    return alone?.trusted && alone.provenAt?.getTime() === provenAt?.getTime() ? 'CONFIGURED' : 'TEST';
  });
};
