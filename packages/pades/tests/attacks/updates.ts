import { signPdf } from '../../src/index.ts';
import { Revision } from '../../src/pdf/revision.ts';
import { classicPdf } from '../support/fixtures.ts';
import { invalid, refused, unsigned, type Attack } from './attack.ts';
import { AT, BODIES, cms, later, signByHand } from './stage.ts';
import { append, bytes, edit, latin1, source, stream } from './tamper.ts';

const PAY_MORE = stream('BT /F1 12 Tf 20 150 Td (Pay N$ 900) Tj ET');
const STAMP = '<</Type /Annot /Subtype /Stamp /Rect [0 0 300 200] /AP <</N 13 0 R>>>>';
const offsetOf = (pdf: Uint8Array, number: number, generation = 0): number => latin1(pdf).indexOf(`\n${number} ${generation} obj\n`) + 1;

/** Incremental saving attacks (ISA): something is appended that the signature does not cover. */
export const INCREMENTAL: readonly Attack[] = [
  invalid('Content replaced', 'the content stream of the page is redefined', 'PAGE_CONTENT_CHANGED', async (s) => append(await s.archived(), { [AT.content]: PAY_MORE })),
  invalid('Content replaced, one signature', 'the same on a document that only one person signed', 'PAGE_CONTENT_CHANGED', async (s) => append(await s.approved(), { [AT.content]: PAY_MORE })),
  invalid('New /Contents', 'the page points to another content stream', 'PAGE_CONTENT_CHANGED', async (s) => edit(await s.archived(), AT.page, '/Contents 4 0 R', '/Contents 90 0 R', { 90: PAY_MORE })),
  invalid('Other resources', 'the page gets another font dictionary', 'PAGE_CHANGED', async (s) => edit(await s.archived(), AT.page, '/F1 5 0 R', '/F1 90 0 R', { 90: source(await s.archived(), AT.font) })),
  invalid('Other page size', 'the page is cropped', 'PAGE_CHANGED', async (s) => edit(await s.archived(), AT.page, '/MediaBox [0 0 300 200]', '/MediaBox [0 0 300 100]')),
  invalid('Font swapped', 'the font that the page uses is redefined', 'OBJECT_CHANGED', async (s) => edit(await s.archived(), AT.font, 'Helvetica', 'Symbol')),
  invalid('Form XObject replaced', 'a drawing that the page uses is redefined', 'OBJECT_CHANGED', async (s) => append(await s.archived(), { [AT.overlay]: PAY_MORE })),
  invalid('Stamp annotation', 'an annotation is appended to the page', 'ANNOTATION_ADDED', async (s) => edit(await s.archived(), AT.page, /(\/Annots \[[^\]]*)\]/, '$1 90 0 R]', { 90: STAMP })),
  invalid('Annotation removed', 'the widget of a signer vanishes from the page', 'ANNOTATION_REMOVED', async (s) => edit(await s.archived(), AT.page, /9 0 R /, '')),
  invalid('New page tree', 'a page is put before the signed one', 'PAGE_TREE_CHANGED', async (s) => edit(await s.archived(), AT.pages, '/Kids [3 0 R] /Count 1', '/Kids [90 0 R 3 0 R] /Count 2', { 90: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 6 0 R>>' })),
  invalid('Other /Pages', 'the catalog points to another page tree', 'CATALOG_CHANGED', async (s) => edit(await s.archived(), AT.catalog, '/Pages 2 0 R', '/Pages 90 0 R', { 90: '<</Type /Pages /Kids [91 0 R] /Count 1>>', 91: '<</Type /Page /Parent 90 0 R /MediaBox [0 0 300 200] /Contents 6 0 R>>' })),
  invalid('Script on opening', 'the catalog gets an /OpenAction with JavaScript', 'CATALOG_CHANGED', async (s) => edit(await s.archived(), AT.catalog, /<</, '<</OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>> ')),
  invalid('Script on a field', 'a signature field gets actions (/AA)', 'FIELD_CHANGED', async (s) => edit(await s.archived(), AT.signer1, /<</, '<</AA <</E <</S /JavaScript /JS (x)>>>> ')),
  invalid('Layers switched', 'the catalog gets /OCProperties', 'CATALOG_CHANGED', async (s) => edit(await s.archived(), AT.catalog, /<</, '<</OCProperties <</OCGs [] /D <<>>>> ')),
  invalid('Widget moved', 'the rectangle of a signature is changed', 'FIELD_CHANGED', async (s) => edit(await s.archived(), AT.signer2, /\/Rect \[[^\]]*\]/, '/Rect [0 0 300 200]')),
  invalid('Appearance of a signature changed', 'the appearance of a signed field is pointed elsewhere', 'FIELD_CHANGED', async (s) => edit(await s.archived(), AT.signer2, /\/AP <<[^>]*>>/s, '/AP <</N 13 0 R>>')),
  invalid('Signature removed from its field', 'the value of a signed field is taken away', 'SIGNATURE_REPLACED', async (s) => edit(await s.archived(), AT.signer2, /\/V \d+ 0 R/, '')),
  invalid('Field removed', 'a signed field is taken off the form', 'FIELD_REMOVED', async (s) => edit(await s.archived(), AT.form, '8 0 R ', '')),
  unsigned('All signatures removed', 'the form is emptied', async (s) => edit(await s.approved(), AT.form, /\/Fields \[[^\]]*\]/, '/Fields []')),
  invalid('Appearances to be made anew', 'the form gets /NeedAppearances true', 'FORM_CHANGED', async (s) => edit(await s.archived(), AT.form, /<</, '<</NeedAppearances true ')),
  invalid('XFA', 'the form gets a second form in XML, which some viewers show instead', 'FORM_CHANGED', async (s) => edit(await s.archived(), AT.form, /<</, '<</XFA 90 0 R ', { 90: stream('<xdp/>') })),
  invalid('Text field added', 'a new field with a text is laid over the page', 'FIELD_ADDED', async (s) => edit(await s.archived(), AT.form, /(\/Fields \[[^\]]*)\]/, '$1 90 0 R]', { 90: '<</Type /Annot /Subtype /Widget /FT /Tx /T (x) /V (y) /Rect [0 0 300 200]>>' })),
  invalid('Title changed', 'the document information gets another title', 'OBJECT_CHANGED', async (s) => append(await s.archived(), { 90: '<</Title (Another contract)>>' }, { trailer: { Info: '90 0 R' } })),
  invalid('Evidence removed', 'the catalog loses the DSS', 'CATALOG_CHANGED', async (s) => edit(await s.archived(), AT.catalog, /\/DSS \d+ 0 R/, '')),
  invalid('Object removed', 'the content of the page is declared free', 'OBJECT_REMOVED', async (s) => append(await s.archived(), {}, { free: [AT.content] })),
  invalid('Generation raised', 'the content is redefined under another generation', 'PAGE_CONTENT_CHANGED', async (s) => append(await s.archived(), { [AT.content]: PAY_MORE }, { generation: 1 })),
  invalid('Another /Root', 'the trailer names another catalog', 'ROOT_CHANGED', async (s) => append(await s.archived(), { 90: source(await s.archived(), AT.catalog) }, { trailer: { Root: '90 0 R' } })),
  refused('Encrypted afterwards', 'the trailer gets /Encrypt', 'ENCRYPTED', async (s) => append(await s.archived(), {}, { trailer: { Encrypt: '<</Filter /Standard /V 1 /R 2>>' } })),
];

/** Tricks with the cross-reference and with bytes that nothing refers to. */
export const STRUCTURE: readonly Attack[] = [
  invalid('Junk after the end', 'bytes follow the last %%EOF', 'BYTES_AFTER_END', async (s) => bytes(`${latin1(await s.archived())}junk`)),
  invalid('Object without a cross-reference', 'an object is appended and not listed', 'BYTES_AFTER_END', async (s) => bytes(`${latin1(await s.archived())}4 0 obj\n${PAY_MORE}\nendobj\n`)),
  invalid('Object with the old cross-reference', 'an object is appended, then the old startxref again', 'BYTES_OUTSIDE_REVISIONS', async (s) => {
    const pdf = latin1(await s.archived());
    const tail = pdf.slice(pdf.lastIndexOf('startxref'));
    return bytes(`${pdf}4 0 obj\n${PAY_MORE}\nendobj\n${tail}`);
  }),
  invalid('Revision hidden', 'the new section skips the last revision by its /Prev', 'REVISION_HIDDEN', async (s) => {
    const [pdf, prev] = [await s.signed(), new Revision(await s.certified()).xref.startxref];
    // What the signatures consist of is listed again, so that only the values that were filled in go back.
    const fields = [AT.signer1, AT.signer2].map((number) => [number, source(pdf, number)] as const);
    const values = fields.map(([, text]) => Number(/\/V (\d+) 0 R/.exec(text)?.[1])).map((number) => [number, offsetOf(pdf, number)] as const);
    return append(pdf, Object.fromEntries(fields), { trailer: { Prev: String(prev) }, at: Object.fromEntries(values) });
  }),
  invalid('New document behind the old one', 'the new section has no /Prev', 'REVISION_HIDDEN', async (s) => {
    const pdf = await s.approved();
    const all = Object.fromEntries(Object.keys(BODIES).map((number) => [number, source(pdf, Number(number))]));
    const value = Number(/\/V (\d+) 0 R/.exec(source(pdf, AT.signer1))?.[1]);
    return append(pdf, { ...all, [AT.content]: PAY_MORE }, { trailer: { Prev: '' }, at: { [value]: offsetOf(pdf, value) } });
  }),
  refused('Sections in a circle', '/Prev of the new section points to itself', 'DAMAGED', async (s) => {
    const pdf = await s.archived();
    return append(pdf, {}, { trailer: { Prev: String(pdf.length) } });
  }),
  invalid('Signed bytes used again', 'the section points to an object that lay unused among the signed bytes', 'SIGNED_BYTES_REUSED', async (s) => {
    const hidden = stream('(hidden) Tj');
    // Laid into the file before it was signed, listed nowhere.
    const base = latin1(classicPdf({ ...BODIES, 6: stream(`x\nendstream\nendobj\n4 0 obj\n${hidden}\nendobj\n`) }));
    const pdf = await s.sign(bytes(base), { signer: await s.signer('One'), fieldName: 'signer_1' }, 20);
    return append(pdf, {}, { at: { [AT.content]: latin1(pdf).indexOf(`4 0 obj\n${hidden}`) } });
  }),
  invalid('Undefined object defined later', 'the page refers to an object that does not exist when it is signed; later it does', 'DANGLING_REFERENCE_DEFINED', async (s) => {
    const base = classicPdf({ ...BODIES, 3: (BODIES[3] ?? '').replace('/X 13 0 R', '/X 400 0 R') });
    const pdf = await s.sign(base, { signer: await s.signer('One'), fieldName: 'signer_1' }, 20);
    return append(pdf, { 400: source(pdf, AT.overlay) });
  }),
  invalid('Length changed', 'the length of the content, an object of its own, is redefined', 'OBJECT_CHANGED', async (s) => {
    const content = (BODIES[4] ?? '').replace(/\/Length (\d+)/, '/Length 14 0 R');
    const base = classicPdf({ ...BODIES, 4: content, 14: /\/Length (\d+)/.exec(BODIES[4] ?? '')?.[1] ?? '' });
    return append(await s.sign(base, { signer: await s.signer('One'), fieldName: 'signer_1' }, 20), { 14: '0' });
  }),
  refused('Key twice', 'the catalog of the new revision has /Pages twice', 'DAMAGED', async (s) => edit(await s.archived(), AT.catalog, '/Pages 2 0 R', '/Pages 2 0 R /Pages 90 0 R')),
  refused('Object twice in one section', 'the section lists an object at two places', 'DAMAGED', async (s) => {
    const pdf = latin1(append(await s.approved(), { [AT.content]: PAY_MORE }));
    const section = pdf.lastIndexOf('xref\n', pdf.lastIndexOf('trailer'));
    const row = /4 1\n.{20}/s.exec(pdf.slice(section))?.[0] ?? '';
    return bytes(pdf.slice(0, section) + pdf.slice(section).replace('trailer', `${row}trailer`));
  }),
];

/** Shadow attacks: the document is prepared before it is signed, and shows another face afterwards. */
export const SHADOW: readonly Attack[] = [
  invalid('Hide', 'an overlay that hid a text when it was signed is emptied', 'OBJECT_CHANGED', async (s) => append(await s.approved(), { [AT.overlay]: stream('', '/Type /XObject /Subtype /Form /BBox [0 0 300 200]') })),
  invalid('Replace by a font', 'glyphs are exchanged in a font that was embedded on purpose', 'OBJECT_CHANGED', async (s) => edit(await s.approved(), AT.font, '/Type /Font', '/Type /Font /Encoding <</Differences [49 /nine]>>')),
  invalid('Replace by a form value', 'a text field of an approved document is given another face', 'FIELD_FILLED', async (s) => edit(await s.approved(), AT.open, /<</, '<</AP <</N 90 0 R>> ', { 90: stream('BT (N$ 900) Tj ET', '/Subtype /Form /BBox [0 0 100 20]') })),
  invalid('Hide and replace', 'the page is pointed to a second content that lay hidden in the signed file', 'PAGE_CONTENT_CHANGED', async (s) => edit(await s.approved(), AT.page, '/Contents 4 0 R', '/Contents 6 0 R')),
  invalid('Hide and replace by catalog', 'the trailer is pointed to a second catalog that lay hidden', 'ROOT_CHANGED', async (s) => {
    const base = classicPdf({ ...BODIES, 14: '<</Type /Catalog /Pages 15 0 R /AcroForm 7 0 R>>', 15: '<</Type /Pages /Kids [16 0 R] /Count 1>>', 16: '<</Type /Page /Parent 15 0 R /MediaBox [0 0 300 200] /Contents 6 0 R>>' });
    return append(await s.sign(base, { signer: await s.signer('One'), fieldName: 'signer_1' }, 20), {}, { trailer: { Root: '14 0 R' } });
  }),
  invalid('One list in two roles', 'the list of fields is also the content of the page: appending a field appends content', 'OBJECT_CHANGED', async (s) => {
    const base = classicPdf({ ...BODIES, 3: (BODIES[3] ?? '').replace('/Contents 4 0 R', '/Contents 14 0 R'), 7: '<</Fields 14 0 R /SigFlags 3>>', 14: '[8 0 R 9 0 R]' });
    const pdf = await s.sign(base, { signer: await s.signer('One'), fieldName: 'signer_1' }, 20);
    return append(pdf, { 14: '[8 0 R 9 0 R 90 0 R]', 90: '<</Type /Annot /Subtype /Widget /FT /Sig /T (x) /Rect [0 0 0 0]>>' });
  }),
  invalid('One stream in two roles', 'evidence of the DSS is also the content of the page', 'PAGE_CONTENT_CHANGED', async (s) => {
    const base = classicPdf({ ...BODIES, 1: '<</Type /Catalog /Pages 2 0 R /AcroForm 7 0 R /DSS <</Certs [4 0 R]>>>>' });
    return append(await s.sign(base, { signer: await s.signer('One'), fieldName: 'signer_1' }, 20), { [AT.content]: PAY_MORE });
  }),
];

const visible = (name: string): string => `<</Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /P 3 0 R /F 4 /Rect [0 0 300 200] /AP <</N 13 0 R>>>>`;

/** Attacks on certified documents: what the certification permits is used to deceive (EAA, SSA). */
export const CERTIFIED: readonly Attack[] = [
  invalid('Evil annotation', 'P = 3: an annotation that covers the text is added (EAA)', 'ANNOTATION_ADDED', async (s) => {
    const pdf = await s.sign(classicPdf(BODIES), { signer: s.seal, certify: 3, fieldName: 'platform_seal' }, 10);
    return edit(pdf, AT.page, /(\/Annots \[[^\]]*)\]/, '$1 90 0 R]', { 90: STAMP.replace('Stamp', 'FreeText') });
  }),
  invalid('Sneaky signature', 'P = 2: somebody adds a signature field over the text, signed by a trusted key (SSA)', 'VISIBLE_SIGNATURE_FIELD_ADDED', async (s) => {
    const pdf = await s.certified();
    const withField = edit(edit(pdf, AT.form, /(\/Fields \[[^\]]*)\]/, '$1 90 0 R]', { 90: visible('sneaky') }), AT.page, /(\/Annots \[[^\]]*)\]/, '$1 90 0 R]');
    return s.sign(withField, { signer: await s.signer('Two'), fieldName: 'sneaky' }, 30);
  }),
  invalid('Sneaky signature, approval only', 'the same on a document that is signed and not certified', 'VISIBLE_SIGNATURE_FIELD_ADDED', async (s) => {
    const withField = edit(edit(await s.approved(), AT.form, /(\/Fields \[[^\]]*)\]/, '$1 90 0 R]', { 90: visible('sneaky') }), AT.page, /(\/Annots \[[^\]]*)\]/, '$1 90 0 R]');
    return s.sign(withField, { signer: await s.signer('Two'), fieldName: 'sneaky' }, 30);
  }),
  invalid('Field that prints', 'a field with the flag NoView, which is printed all the same', 'VISIBLE_SIGNATURE_FIELD_ADDED', async (s) => edit(await s.approved(), AT.form, /(\/Fields \[[^\]]*)\]/, '$1 90 0 R]', { 90: visible('sneaky').replace('/F 4', '/F 36') })),
  invalid('Signature on P = 1', 'a document certified for no changes is signed again', 'SIGNATURE_ADDED', async (s) => {
    const base = await signPdf(classicPdf(BODIES), { signer: s.seal, signedAt: later(10), certify: 1, fieldName: 'platform_seal' });
    const two = await s.certify('Two');
    return signByHand(base, { make: (digest) => cms({ ...two, chain: [s.trust.issuing], digest }) });
  }),
  invalid('Filled in on P = 1', 'a document certified for no changes is filled in', 'FIELD_FILLED', async (s) => {
    const base = await signPdf(classicPdf(BODIES), { signer: s.seal, signedAt: later(10), certify: 1, fieldName: 'platform_seal' });
    return edit(base, AT.open, '/V ()', '/V (more)');
  }),
  invalid('Locked field changed', 'a value that a signer locked with the signature is changed', 'LOCKED_FIELD_CHANGED', async (s) => edit(await s.signedOnce(), AT.value1, '/V (Windhoek)', '/V (Walvis Bay)')),
  invalid('Locked field changed and signed over', 'the next signer signs the changed value', 'LOCKED_FIELD_CHANGED', async (s) => s.sign(edit(await s.signedOnce(), AT.value1, '/V (Windhoek)', '/V (Walvis Bay)'), { signer: await s.signer('Two'), fieldName: 'signer_2' }, 30)),
  invalid('Changed and changed back', 'content is replaced, signed over, and put back', 'PAGE_CONTENT_CHANGED', async (s) => {
    const pdf = await s.approved();
    const signed = await s.sign(append(pdf, { [AT.content]: PAY_MORE }), { signer: await s.signer('Two'), fieldName: 'signer_2' }, 30);
    return append(signed, { [AT.content]: BODIES[4] ?? '' });
  }),
  invalid('Second certification', 'a later signature claims to certify', 'CERTIFICATION_NOT_FIRST', async (s) => {
    const pdf = await s.approved();
    const reference = '/Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P 2 /V /1.2>>>>]';
    const cheat = await s.sign(pdf, { signer: await s.signer('Two'), fieldName: 'signer_2', reason: 'x'.repeat(reference.length - '/Reason (x)'.length + 1) }, 30);
    const text = latin1(cheat);
    const at = text.lastIndexOf('/Reason (');
    return bytes(text.slice(0, at) + reference.padEnd(text.indexOf(')', at) + 1 - at) + text.slice(text.indexOf(')', at) + 1));
  }),
  invalid('Field name taken twice', 'a second field with the name of a signed one is added', 'FIELD_ADDED', async (s) => edit(await s.approved(), AT.form, /(\/Fields \[[^\]]*)\]/, '$1 90 0 R]', { 90: '<</FT /Sig /T (signer_1) /Rect [0 0 0 0]>>' })),
];
