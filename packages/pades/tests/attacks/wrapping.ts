import { invalid, type Attack } from './attack.ts';
import { AT } from './stage.ts';
import { append, bytes, contentsOf, flip, latin1, placeOf, source, withByteRange, withContents } from './tamper.ts';
import type { Stage } from './stage.ts';

const FIELD = 'signer_1';
const valueNumber = (pdf: Uint8Array): number => Number(/\/V (\d+) 0 R/.exec(source(pdf, AT.signer1))?.[1]);

/** Bits changed in place. */
export const BITS: readonly Attack[] = [
  invalid('Bit of the content', 'one bit of the page content', 'DIGEST_MISMATCH', async (s) => at(s, 'Pay N$')),
  invalid('Bit of the claims', 'one bit of the time that the signature claims', 'DIGEST_MISMATCH', async (s) => at(s, '/M (D:20')),
  invalid('Bit of the signature value', 'the last byte of the CMS', 'SIGNATURE_INVALID', async (s) => {
    const pdf = await s.roomy();
    const cms = contentsOf(pdf, FIELD);
    const before = unstamped(cms);
    return withContents(pdf, FIELD, before);
  }),
  invalid('Bit of the certificate', 'one byte of the signer’s name in the certificate', 'SIGNER_CERTIFICATE_MISMATCH', async (s) => {
    const pdf = await s.roomy();
    const cms = contentsOf(pdf, FIELD);
    const found = cms.indexOf(Buffer.from('TEST certificate'));
    cms[found] = 'B'.charCodeAt(0);
    return withContents(pdf, FIELD, cms);
  }),
  invalid('Bit of an earlier revision', 'one bit of what the first of three signatures covers', 'DIGEST_MISMATCH', async (s) => {
    const pdf = await s.archived();
    return flip(pdf, latin1(pdf).indexOf('Pay N$'));
  }),
];

/** Flips a bit of the last byte of the signature value, which stands before the unsigned attributes. */
function unstamped(cms: Buffer): Buffer {
  const copy = Buffer.from(cms);
  const at = copy.indexOf(Buffer.from('2a864886f70d010910020e', 'hex'));
  // Before the attribute stand its SEQUENCE header and that of the set: the value ends right before them.
  const end = copy.lastIndexOf(0xa1, at);
  copy[end - 1] = (copy[end - 1] ?? 0) ^ 1;
  return copy;
}

async function at(s: Stage, text: string): Promise<Uint8Array> {
  const pdf = await s.approved();
  return flip(pdf, latin1(pdf).indexOf(text) + text.length - 1);
}

/** Universal signature forgery (USF): the signature is there, and there is nothing to check. */
export const FORGERY: readonly Attack[] = [
  ...(
    [
      ['/ByteRange missing', '/ByteRange', '/XyteRange', 'BYTE_RANGE_MALFORMED'],
      ['/ByteRange null', /\/ByteRange \[[^\]]*\]/, '/ByteRange null', 'BYTE_RANGE_MALFORMED'],
      ['/ByteRange empty', /\/ByteRange \[[^\]]*\]/, '/ByteRange []', 'BYTE_RANGE_MALFORMED'],
      ['/ByteRange of one pair', /\/ByteRange \[(\d+ \d+)[^\]]*\]/, '/ByteRange [$1]', 'BYTE_RANGE_MALFORMED'],
      ['/ByteRange of three pairs', /\/ByteRange \[([^\]]*)\]/, '/ByteRange [$1 0 0]', 'BYTE_RANGE_MALFORMED'],
      ['/ByteRange negative', /\/ByteRange \[0/, '/ByteRange [-1', 'BYTE_RANGE_MALFORMED'],
      ['/ByteRange of fractions', /\/ByteRange \[0/, '/ByteRange [0.5', 'BYTE_RANGE_MALFORMED'],
      ['/ByteRange an object of its own', /\/ByteRange \[[^\]]*\]/, '/ByteRange 91 0 R', 'BYTE_RANGE_MALFORMED'],
      ['/Contents missing', '/Contents', '/Xontents', 'CONTENTS_MISSING'],
      ['/Contents null', /\/Contents <[0-9A-Fa-f]*>/, '/Contents null', 'CONTENTS_MISSING'],
      ['/Contents empty', /\/Contents <[0-9A-Fa-f]*>/, '/Contents <>', 'CONTENTS_MISSING'],
      ['/Contents one zero byte', /\/Contents <[0-9A-Fa-f]*>/, '/Contents <00>', 'BYTE_RANGE_GAP'],
      ['/Contents a literal string', /\/Contents <[0-9A-Fa-f]*>/, '/Contents (0)', 'CONTENTS_MISSING'],
      ['/Contents an object of its own', /\/Contents (<[0-9A-Fa-f]*>)/, '/Contents 91 0 R', 'CONTENTS_MISSING'],
      ['/SubFilter unknown', 'ETSI.CAdES.detached', 'ETSI.XAdES.detached', 'SUBFILTER_UNKNOWN'],
      ['/SubFilter of SHA-1', 'ETSI.CAdES.detached', 'adbe.pkcs7.sha1', 'WEAK_ALGORITHM'],
      ['/SubFilter of a time stamp', 'ETSI.CAdES.detached', 'ETSI.RFC3161', 'BYTE_RANGE_GAP'],
    ] as const
  ).map(([name, from, to, code]) => ({
    ...invalid(name, 'the signature dictionary is rewritten by an update', code, async (s) => {
      const pdf = await s.approved();
      const number = valueNumber(pdf);
      return append(pdf, { [number]: source(pdf, number).replace(from, to), 91: '<00>' });
    }),
    codesMax: 4,
  })),
  invalid('Field without a signature dictionary', 'the value of the signature field is a number', 'CONTENTS_MISSING', async (s) => {
    const pdf = await s.approved();
    return append(pdf, { [valueNumber(pdf)]: '42' });
  }),
];

/** Signature wrapping (SWA): the covered bytes stay, and something is put where they are not. */
export const WRAPPING: readonly Attack[] = [
  invalid('Gap enlarged', 'the second part is moved back and unsigned entries fill the gap', 'BYTE_RANGE_GAP', async (s) => wrapped(await s.roomy())),
  invalid('Gap before /Contents', 'the gap begins before the token', 'BYTE_RANGE_GAP', async (s) => shifted(await s.roomy(), -11, 0)),
  invalid('Gap without the brackets', 'the gap is the digits only', 'BYTE_RANGE_GAP', async (s) => shifted(await s.roomy(), 1, -1)),
  invalid('End cut off', 'the range ends before the end marker', 'COVERED_REVISION_UNREADABLE', async (s) => {
    const pdf = await s.roomy();
    const { start, end } = placeOf(pdf, FIELD, 'Contents');
    return withByteRange(pdf, FIELD, `[0 ${start} ${end} ${pdf.length - end - 20}]`);
  }),
  invalid('End at an earlier revision', 'the range ends where the document was not yet signed', 'BYTE_RANGE_GAP', async (s) => {
    const pdf = await s.roomy();
    return withByteRange(pdf, FIELD, `[0 400 410 ${latin1(pdf).indexOf('%%EOF') + 6 - 410}]`);
  }),
  invalid('Beyond the end', 'the range ends outside the file', 'BYTE_RANGE_WRONG', async (s) => {
    const pdf = await s.roomy();
    const { start, end } = placeOf(pdf, FIELD, 'Contents');
    return withByteRange(pdf, FIELD, `[0 ${start} ${end} ${pdf.length}]`);
  }),
  invalid('Not from the start', 'the range leaves the first byte out', 'BYTE_RANGE_WRONG', async (s) => {
    const pdf = await s.roomy();
    const { start, end } = placeOf(pdf, FIELD, 'Contents');
    return withByteRange(pdf, FIELD, `[1 ${start - 1} ${end} ${pdf.length - end}]`);
  }),
  invalid('Signature from another document', 'the /Contents of one file in another', 'DIGEST_MISMATCH', async (s) => {
    const other = await s.sign(await s.certified(), { signer: await s.signer('One'), fieldName: 'signer_1' }, 20);
    return withContents(await s.roomy(), FIELD, contentsOf(other, FIELD));
  }),
  invalid('Signature copied into another field', 'the value of a signed field is given to an empty one too', 'NOT_IN_COVERED_REVISION', async (s) => {
    const pdf = await s.approved();
    return { pdf: append(pdf, { [AT.signer2]: source(pdf, AT.signer2).replace('<<', `<</V ${valueNumber(pdf)} 0 R `) }) };
  }),
  invalid('Dictionary moved', 'the signature dictionary is repeated in an update', 'BYTE_RANGE_GAP', async (s) => {
    const pdf = await s.approved();
    return append(pdf, { [valueNumber(pdf)]: source(pdf, valueNumber(pdf)).replace(/\/Reason|\/Filter/, '/Name (Somebody else) $&') });
  }),
].map((attack) => ({ ...attack, codesMax: 3 }));

/** The second part is moved back, and what is put before it is in the gap. */
function wrapped(pdf: Uint8Array): Uint8Array {
  const text = latin1(pdf);
  const { start, end } = placeOf(pdf, FIELD, 'Contents');
  const inserted = '\n/ContactInfo (Somebody else)';
  const grown = bytes(text.slice(0, end) + inserted + text.slice(end));
  const moved = fixOffsets(grown, end, inserted.length);
  return withByteRange(moved, FIELD, `[0 ${start} ${end + inserted.length} ${pdf.length - end}]`);
}

/** Keeps the file readable after bytes were put in: the offsets of the last section behind them. */
function fixOffsets(pdf: Uint8Array, from: number, by: number): Uint8Array {
  const text = latin1(pdf);
  const section = text.lastIndexOf('xref\n', text.lastIndexOf('trailer'));
  const rows = text.slice(section).replace(/^(\d{10}) (\d{5}) n/gm, (_, offset: string, generation: string) => {
    const old = Number(offset);
    return `${String(old >= from ? old + by : old).padStart(10, '0')} ${generation} n`;
  });
  return bytes(text.slice(0, section) + rows.replace(/startxref\n\d+/, `startxref\n${section}`));
}

function shifted(pdf: Uint8Array, before: number, after: number): Uint8Array {
  const { start, end } = placeOf(pdf, FIELD, 'Contents');
  return withByteRange(pdf, FIELD, `[0 ${start + before} ${end + after} ${pdf.length - end - after}]`);
}

