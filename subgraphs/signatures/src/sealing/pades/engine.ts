import { extendUpdate, RevocationUnavailable, signUpdate, type Signer } from '@buffrsign/pades';
import { fieldSizes, layOutDocument, refusedCharacters } from '@buffrsign/stamp';
import { X509Certificate } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import type { SignatureLevel } from '../../__generated__/prisma/enums.ts';
import { levelOf, needsRevocation, needsTimestamp } from '../../domain/level.ts';
import type { Revision, SealingEngine, SignerAct, Size, Terms } from '../engine.ts';
import { platformSealName } from '../names.ts';
import { fillsOf, signatureAppearance } from './appearances.ts';
import { observe, type Authorities } from './authorities.ts';
import { refusedDrawing } from './drawings.ts';
import { orFailure } from './failure.ts';
import { layoutPlan, type CertificateSettings } from './layout.ts';
import { createReadiness } from './readiness.ts';
import type { Trust } from './trust.ts';

export interface EngineParts {
  readonly trust: Trust;
  readonly authorities: Authorities;
  readonly certificate: CertificateSettings;
  /** The level that signatures added to a signed document are tried for. */
  readonly sealLevel: SignatureLevel;
  readonly now: () => Date;
}

type SignatureOptions = Omit<Parameters<typeof signUpdate>[1], 'timestamp'>;

const makeBlank = async (): Promise<Uint8Array> => {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.addPage([100, 100]);
  return document.save();
};

const serialOf = ({ certificate }: Signer): string => new X509Certificate(certificate).serialNumber;

/** A field of a foreign document shows something where it has an area. */
const foreignSize = async (pdf: Uint8Array, field: string | null): Promise<Size | undefined> => (field === null ? undefined : (await fieldSizes(pdf)).get(field));

/** Seals with PAdES baseline signatures (ETSI EN 319 142-1). */
export const createPadesEngine = ({ trust, authorities, certificate, sealLevel, now }: EngineParts): SealingEngine => {
  let blank: Promise<Uint8Array> | undefined;

  const append = async (pdf: Uint8Array, options: SignatureOptions, { level }: Terms): Promise<Revision> => {
    const timestamps = needsTimestamp(level) ? observe(await authorities.timestamps()) : undefined;
    const { bytes, timestamp, signerCertificate } = await signUpdate(pdf, { ...options, ...(timestamps && { timestamp: timestamps }) });
    const { serialNumber, subject } = new X509Certificate(signerCertificate);
    return {
      pdf: Buffer.concat([pdf, bytes]),
      level: timestamp ? 'B_T' : 'B_B',
      timestamp: timestamp && { authority: timestamp.authority, at: timestamp.genTime },
      certificate: { der: signerCertificate, serialNumber, subject: subject.replaceAll('\n', ', ') },
    };
  };

  const sign = async (pdf: Uint8Array, act: SignerAct, terms: Terms): Promise<Revision> => {
    const { name, email, signedAt, mark, emptyField, newField, envelopeId } = act;
    const signer = await trust.signers.issue({ name, email, signedAt, now: terms.now });
    const size = emptyField === null ? undefined : (act.sizes[emptyField] ?? (await foreignSize(pdf, emptyField)));
    const appearance = await signatureAppearance(mark, size);
    const fill = await fillsOf(act, serialOf(signer));
    return append(pdf, { signer, signedAt, name, reason: `Signed in envelope ${envelopeId}`, fieldName: emptyField ?? newField, fill, ...(appearance && { appearance }) }, terms);
  };

  const extendWith = async (pdf: Uint8Array, level: 'B-LT' | 'B-LTA', terms: Terms): Promise<Revision> => {
    const [revocation, roots] = await Promise.all([authorities.revocation(), authorities.roots()]);
    const timestampAuthority = level === 'B-LTA' ? observe(await authorities.timestamps()) : undefined;
    const { bytes, timestamp } = await extendUpdate(pdf, { level, revocation, trust: roots, now: terms.now, ...(timestampAuthority && { timestamp: timestampAuthority }) });
    return { pdf: Buffer.concat([pdf, bytes]), level: levelOf(level), timestamp: timestamp && { authority: timestamp.authority, at: timestamp.genTime }, certificate: null };
  };

  const trySignatures = async (pdf: Uint8Array, fields: readonly (string | null)[]): Promise<void> => {
    const signer = await trust.seal();
    const terms = { level: sealLevel, now: now() };
    let tried = pdf;
    // One after the other: a signature may lock the field of the next.
    for (const field of fields) ({ pdf: tried } = await append(tried, { signer, signedAt: now(), ...(field !== null && { fieldName: field }) }, terms));
    if (!needsRevocation(sealLevel)) return;
    // What others signed before may itself stand in the way, when it is broken or was revoked.
    await extendWith(tried, 'B-LT', terms).catch((error: unknown) => {
      if (!(error instanceof RevocationUnavailable)) throw error;
    });
  };

  return {
    check: createReadiness({ trust, authorities, blank: () => (blank ??= makeBlank()), now }),
    refusedText: refusedCharacters,
    refusedDrawing,
    assertAppendable: (pdf, fields) => orFailure(() => trySignatures(pdf, fields)),
    layOut: (pdf, plan) =>
      orFailure(async () => {
        const laidOut = await layOutDocument(pdf, layoutPlan(plan, certificate));
        return { pdf: laidOut, sizes: Object.fromEntries(await fieldSizes(laidOut)) };
      }),
    seal: (pdf, envelopeId, terms) =>
      orFailure(async () =>
        append(pdf, { signer: await trust.seal(), signedAt: terms.now, certify: 2, fieldName: platformSealName, reason: `Document of envelope ${envelopeId}; only its signers may fill in their fields.` }, terms),
      ),
    sign: (pdf, act, terms) => orFailure(() => sign(pdf, act, terms)),
    extend: (pdf, terms) => orFailure(() => extendWith(pdf, 'B-LT', terms)),
    archive: (pdf, terms) => orFailure(() => extendWith(pdf, 'B-LTA', terms)),
  };
};
