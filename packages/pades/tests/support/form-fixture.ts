import { stream, classicPdf, type Bodies } from './fixtures.ts';

const LOCK = '/Action /Include /Fields [(field_a) (field_b)]';

/** A page with a signature field that locks the two text fields beside it, one with a widget of its own, and a nested one. */
export function formBodies({ rotate = 0, lock = LOCK } = {}): Bodies {
  const characteristics = `/MK <</R ${rotate}>>`;
  return {
    1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R 6 0 R 7 0 R 9 0 R] /SigFlags 3>>>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: `<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Rotate ${rotate} /Resources <<>> /Contents 4 0 R /Annots [5 0 R 6 0 R 8 0 R 10 0 R]>>`,
    4: stream('', '0 0 1 rg 1 1 1 1 re f'),
    5: `<</Type /Annot /Subtype /Widget /FT /Sig /T (signer_1) /F 132 /Rect [40 40 140 90] ${characteristics} /P 3 0 R /Lock <</Type /SigFieldLock ${lock}>>>>`,
    6: `<</Type /Annot /Subtype /Widget /FT /Tx /T (field_a) /Ff 1 /F 4 /V () /Rect [160 40 260 90] ${characteristics} /P 3 0 R>>`,
    7: '<</FT /Tx /T (field_b) /Ff 1 /Kids [8 0 R]>>',
    8: `<</Type /Annot /Subtype /Widget /Parent 7 0 R /F 4 /Rect [160 120 260 170] ${characteristics} /P 3 0 R>>`,
    9: '<</T (group) /FT /Sig /Kids [10 0 R]>>',
    10: `<</Type /Annot /Subtype /Widget /Parent 9 0 R /T (second) /F 132 /Rect [40 120 140 170] ${characteristics} /P 3 0 R>>`,
  };
}

/** One page of 100 × 50: its left half red, its upper right quarter green, through a form of its own; the rest is empty. */
export function appearancePdf(): Uint8Array {
  return classicPdf({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1 /Resources <</XObject <</Inner 5 0 R /Gone 99 0 R>>>> /MediaBox [10 20 110 70]>>',
    3: '<</Type /Page /Parent 2 0 R /Contents [4 0 R 6 0 R]>>',
    4: stream('', 'q 1 0 0 rg 10 20 50 50 re f Q'),
    5: stream('/Type /XObject /Subtype /Form /BBox [0 0 50 25] /Resources 7 0 R', '0 1 0 rg 0 0 50 25 re f'),
    6: stream('', 'q 1 0 0 1 60 45 cm /Inner Do Q'),
    7: '<</ProcSet [/PDF]>>',
  });
}
