import { childrenOf, readDer, type DerElement } from '../../src/der/read.ts';
import type { PdfDict } from '../../src/pdf/objects.ts';
import { Revision } from '../../src/pdf/revision.ts';
import { bytesOf, textOf } from '../../src/pdf/text-string.ts';

/** A signature as found in a file through its form. */
export interface FoundSignature {
  readonly dict: PdfDict;
  readonly fieldName: string;
  readonly byteRange: readonly number[];
  /** /Contents without the padding. */
  readonly cms: Buffer;
  readonly covered: Buffer;
}

export function signaturesOf(pdf: Uint8Array): FoundSignature[] {
  const revision = new Revision(pdf);
  const form = revision.optionalDict(revision.catalog.entries.get('AcroForm'), '/AcroForm');
  const fields = revision.array(form?.entries.get('Fields'), '/Fields').items.flatMap((field) => withKids(revision, revision.optionalDict(field, 'a field')));
  return fields.filter((field) => revision.resolve(field.entries.get('V')).type === 'dict').map((field) => read(revision, field));
}

function withKids(revision: Revision, field: PdfDict | undefined): PdfDict[] {
  if (!field) return [];
  return [field, ...revision.array(field.entries.get('Kids'), '/Kids').items.flatMap((kid) => withKids(revision, revision.optionalDict(kid, 'a kid')))];
}

function read(revision: Revision, field: PdfDict): FoundSignature {
  const dict = revision.dict(field.entries.get('V'), '/V');
  const range = revision.array(dict.entries.get('ByteRange'), '/ByteRange').items;
  const byteRange = range.map((item) => (item.type === 'number' ? item.value : Number.NaN));
  const [a = 0, b = 0, c = 0, d = 0] = byteRange;
  const contents = dict.entries.get('Contents');
  if (contents?.type !== 'string') throw new Error('The signature has no /Contents.');
  const covered = Buffer.concat([revision.bytes.subarray(a, a + b), revision.bytes.subarray(c, c + d)]);
  return { dict, fieldName: text(field, 'T') ?? '', byteRange, cms: readDer(bytesOf(contents)).bytes, covered };
}

/** A name or text of a dictionary. */
export function text(dict: PdfDict, key: string): string | undefined {
  const value = dict.entries.get(key);
  if (value?.type === 'name') return value.name;
  return value?.type === 'string' ? textOf(value) : undefined;
}

/** The parts of a CMS SignedData that tests look at. */
export function cmsParts(cms: Buffer): { signerInfo: DerElement[]; certificates: DerElement[]; content: DerElement[]; attributes: DerElement[] } {
  const [, explicit] = childrenOf(readDer(cms));
  const [signedData] = explicit ? childrenOf(explicit) : [];
  const parts = signedData ? childrenOf(signedData) : [];
  const [, , content, certificates, signerInfos] = parts;
  if (!content || !certificates || !signerInfos) throw new Error('The CMS lacks parts.');
  const [only, ...others] = childrenOf(signerInfos);
  if (!only || others.length > 0) throw new Error('The CMS must have exactly one signer.');
  const signerInfo = childrenOf(only);
  const attributes = signerInfo[3];
  if (attributes?.tag !== 0xa0) throw new Error('The CMS has no signed attributes.');
  return { signerInfo, certificates: childrenOf(certificates), content: childrenOf(content), attributes: childrenOf(attributes) };
}
