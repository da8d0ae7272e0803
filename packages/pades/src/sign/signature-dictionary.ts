import { lockEntries, type FieldLock } from '../pdf/field-lock.ts';
import { array, dict, integer, name, type PdfDict, type PdfObject, type PdfReference } from '../pdf/objects.ts';
import { serialise } from '../pdf/serialise.ts';
import { dateString, textString } from '../pdf/text-string.ts';
import type { DocMdpPermission, SignPdfOptions } from './options.ts';

/** A signature dictionary with room for what is known only when the file is complete. */
export interface SignatureDictionary {
  readonly body: string;
  /** Offset in `body` of the room for the whole /ByteRange array, in characters from `[` on. */
  readonly byteRangeAt: number;
  /** Offset in `body` of the `<` of /Contents. */
  readonly contentsAt: number;
  /** Length of the /Contents token with `<` and `>`. */
  readonly contentsLength: number;
}

/** Four numbers of up to ten digits, three spaces and two brackets. */
export const BYTE_RANGE_LENGTH = 45;

/** ISO 32000-1, table 252, with `contentsBytes` of room; `facts` is everything else. */
export function signatureDictionary(type: 'Sig' | 'DocTimeStamp', facts: PdfDict, contentsBytes: number): SignatureDictionary {
  const head = `<</Type /${type}\n/ByteRange ${' '.repeat(BYTE_RANGE_LENGTH)}\n/Contents <`;
  const body = `${head}${'0'.repeat(2 * contentsBytes)}>\n${serialise(facts).slice(2)}`;
  const contentsAt = head.length - 1;
  return { body, byteRangeAt: contentsAt - '\n/Contents '.length - BYTE_RANGE_LENGTH, contentsAt, contentsLength: 2 * contentsBytes + 2 };
}

/** As ETSI EN 319 142-1, 5.3 and 6.3 want it. `lock` is what the signature's field says it locks. */
export function signatureFacts(options: SignPdfOptions, lock: FieldLock | undefined, catalog: PdfReference): PdfDict {
  const text = (key: string, value: string | undefined): Record<string, PdfObject> => (value ? { [key]: textString(value) } : {});
  const references = [...(options.certify === undefined ? [] : [docMdp(options.certify)]), ...(lock ? [fieldMdp(lock, catalog)] : [])];
  return dict({
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    M: dateString(options.signedAt),
    ...text('Name', options.name),
    ...text('Reason', options.reason),
    ...text('Location', options.location),
    ...text('ContactInfo', options.contactInfo),
    ...(references.length > 0 ? { Reference: array(references) } : {}),
  });
}

/** ETSI EN 319 142-1, 5.4.3: a document time-stamp claims nothing else. */
export function timestampFacts(): PdfDict {
  return dict({ Filter: name('Adobe.PPKLite'), SubFilter: name('ETSI.RFC3161') });
}

function docMdp(permission: DocMdpPermission): PdfObject {
  return transform('DocMDP', { P: integer(permission) });
}

/** Of the two transforms this is the one that must say in /Data what it is about (table 253). */
function fieldMdp(lock: FieldLock, catalog: PdfReference): PdfObject {
  return transform('FieldMDP', lockEntries(lock), { Data: catalog });
}

function transform(method: string, parameters: Record<string, PdfObject>, more: Record<string, PdfObject> = {}): PdfObject {
  const transformParams = dict({ Type: name('TransformParams'), ...parameters, V: name('1.2') });
  return dict({ Type: name('SigRef'), TransformMethod: name(method), TransformParams: transformParams, ...more });
}
