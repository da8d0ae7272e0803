import { extendPdf, signPdf } from '@buffrsign/pades';
import { createTestTrust, issueSignerCertificate, rootPem, sealSigner, testRevocationSource, testTimestampAuthority } from '@buffrsign/pades/test-trust';

/** A PDF for the archive: certified, signed by two people, timestamped, with all that a later check needs (B-LTA). */
export const longTermPdf = async (pdf: Uint8Array, names: readonly [string, string]): Promise<{ readonly pdf: Uint8Array; readonly root: string }> => {
  const at = new Date(Date.now() - 60_000);
  const clock = (seconds: number): Date => new Date(at.getTime() + seconds * 1_000);
  const trust = await createTestTrust({ now: at });
  const timestamp = (seconds: number) => testTimestampAuthority(trust, clock(seconds));
  let signed = await signPdf(pdf, { signer: sealSigner(trust), signedAt: clock(1), certify: 2, timestamp: timestamp(1) });
  for (const [index, name] of names.entries()) {
    const seconds = 2 + index;
    const signer = await issueSignerCertificate(trust, { name, email: `${name.split(' ')[0]!.toLowerCase()}@example.na`, now: at });
    signed = await signPdf(signed, { signer, signedAt: clock(seconds), fieldName: `signer_${index + 1}`, timestamp: timestamp(seconds) });
  }
  const late = clock(10);
  return { pdf: await extendPdf(signed, { level: 'B-LTA', revocation: testRevocationSource(trust, late), trust: [trust.root], timestamp: timestamp(11), now: late }), root: rootPem(trust) };
};
