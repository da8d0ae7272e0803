import { array, dict, integer, name, type PdfDict, type PdfObject } from '../pdf/objects.ts';
import { serialise } from '../pdf/serialise.ts';
import { dateString, textString } from '../pdf/text-string.ts';
import type { DocMdpPermission, SignPdfOptions } from './options.ts';

/** A signature dictionary with room for what is known only when the file is complete. */
export interface SignatureDictionary {
  readonly body: Buffer;
  /** Offset in `body` of the room for the whole /ByteRange array, in characters from `[` on. */
  readonly byteRangeAt: number;
  /** Offset in `body` of the `<` of /Contents. */
  readonly contentsAt: number;
  /** Length of the /Contents token with `<` and `>`. */
  readonly contentsLength: number;
}

/** Four numbers of up to ten digits, three spaces and two brackets. */
export const BYTE_RANGE_LENGTH = 45;

/** ISO 32000-1, table 252, as ETSI EN 319 142-1, 5.3 and 6.3 want it. */
export function signatureDictionary(options: SignPdfOptions, cmsLengthMax: number): SignatureDictionary {
  const contentsLength = 2 * cmsLengthMax + 2;
  const head = '<</Type /Sig\n/ByteRange ';
  const middle = '\n/Contents ';
  const contents = `<${'0'.repeat(2 * cmsLengthMax)}>`;
  const text = head + ' '.repeat(BYTE_RANGE_LENGTH) + middle + contents + serialise(facts(options)).replace('<<', '\n');
  return {
    body: Buffer.from(text, 'latin1'),
    byteRangeAt: head.length,
    contentsAt: head.length + BYTE_RANGE_LENGTH + middle.length,
    contentsLength,
  };
}

function facts(options: SignPdfOptions): PdfDict {
  const texts = { Name: options.name, Reason: options.reason, Location: options.location };
  return dict({
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    M: dateString(options.signedAt),
    ...Object.fromEntries(Object.entries(texts).flatMap(([key, text]) => (text ? [[key, textString(text)]] : []))),
    ...(options.certify === undefined ? {} : { Reference: array([docMdp(options.certify)]) }),
  });
}

function docMdp(permission: DocMdpPermission): PdfObject {
  const parameters = dict({ Type: name('TransformParams'), P: integer(permission), V: name('1.2') });
  return dict({ Type: name('SigRef'), TransformMethod: name('DocMDP'), TransformParams: parameters });
}
