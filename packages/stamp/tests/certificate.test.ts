import { PDFDocument } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { classicPdf } from '../../pades/tests/support/fixtures.ts';
import { Workshop, describeWith, run } from '../../pades/tests/support/tools.ts';
import { qrModules } from '../src/certificate/qr.ts';
import { fieldSizes, layOutDocument, type CertificatePlan } from '../src/index.ts';
import { CERTIFICATE } from './support/certificate.ts';
import { pdfium } from './support/render.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

const laidOut = (plan: Partial<CertificatePlan> = {}): Promise<Uint8Array> => layOutDocument(classicPdf(), { drawn: [], fields: [], certificate: { ...CERTIFICATE, ...plan } });

const recipients = (count: number): CertificatePlan['recipients'] =>
  Array.from({ length: count }, (_, index) => ({ fieldName: `certificate_${index + 1}`, name: `Recipient ${index + 1}`, email: `r${index + 1}@example.na`, routingOrder: index + 1 }));

function textOf(pdf: Uint8Array): string {
  const { output } = run('pdftotext', ['-raw', '-f', '2', workshop.file(pdf), '-']);
  return Buffer.from(output, 'latin1').toString('utf8').replace(/\s+/g, ' ');
}

describe('The completion certificate', () => {
  it('has a page for as many recipients as fit, and reserves one entry of one size for each', async () => {
    const pdf = await laidOut({ recipients: recipients(20) });
    expect((await PDFDocument.load(pdf)).getPageCount()).toBe(1 + 5);
    const sizes = await fieldSizes(pdf);
    expect([...sizes.keys()]).toEqual(recipients(20).map(({ fieldName }) => fieldName));
    expect(new Set([...sizes.values()].map(({ width, height }) => `${width} × ${height}`))).toEqual(new Set(['499.28 × 104']));
  });

  it('draws a QR code of the address that stands free, dark on white', async () => {
    const picture = await pdfium(await laidOut({ testTrust: false }), 2);
    const modules = qrModules(CERTIFICATE.verificationUrl, { left: 0, bottom: 0, width: 104, height: 104 });
    expect(modules.length).toBeGreaterThan(200);
    // Every dark module is found where it must be: the code begins in the upper right of the facts.
    const [left, top] = [48 + 499.28 - 104, 48 + 23 + 3 + 16];
    const dark = modules.map((module) => picture.pixel(2 * (left + module.left + module.width / 2), 2 * (top + 104 - module.bottom - module.height / 2)));
    expect(dark.every(([red]) => red < 100)).toBe(true);
    expect(picture.pixel(2 * (left - 4), 2 * (top + 50))).toEqual([255, 255, 255]);
  });

  describeWith(['pdftotext'], 'in words', () => {
    it('tells every fact of the envelope and of its recipients', async () => {
      const text = textOf(await laidOut());
      const { envelopeId, originalSha256, documentSha256, sender, verificationUrl } = CERTIFICATE;
      for (const fact of [envelopeId, originalSha256, documentSha256, sender, verificationUrl, '2026-11-25 10:01:30 UTC', '2026-11-25 10:02:30 UTC', 'Lease agreement – Erf 1234']) expect(text).toContain(fact);
      for (const { email } of CERTIFICATE.recipients) expect(text).toContain(email);
      expect(text).toMatch(/How to check this without us/);
    });

    it('says TEST TRUST on every page when the trust is one for tests, and on none when it is not', async () => {
      const banners = async (testTrust: boolean) => textOf(await laidOut({ testTrust, recipients: recipients(9) })).match(/TEST TRUST/g)?.length ?? 0;
      expect([await banners(true), await banners(false)]).toEqual([3, 0]);
    });

    it('is not stopped by a title that no font can show, nor by a long one: it spells out and wraps', async () => {
      const text = textOf(await laidOut({ documentTitle: `租约 ${'A lease that goes on and on '.repeat(12)}`, sender: '😀' }));
      expect(text).toContain('[U+79DF][U+7EA6] A lease');
      expect(text).toContain('[U+1F600]');
    });
  });
});
