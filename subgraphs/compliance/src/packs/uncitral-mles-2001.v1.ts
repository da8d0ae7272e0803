import type { Pack, Rule } from '../domain/rule.ts';

const rule = (id: string, reference: string, statement: string, check: Rule['check']): Rule => ({
  id,
  source: { instrument: 'UNCITRAL Model Law on Electronic Signatures (2001)', reference, confidence: 'SECONDARY', note: 'The headings were read; the text of the paragraphs is known from other accounts.' },
  statement,
  status: 'SOFT_LAW',
  severity: 'BLOCKING',
  effectiveFrom: '2001-07-05',
  effectiveTo: null,
  check,
});

/** Article 6: when a signature meets a requirement of signature. */
export const uncitralMles2001v1: Pack = {
  id: 'uncitral-mles-2001',
  version: 1,
  framework: 'UNCITRAL_MLES_2001',
  rules: [
    rule('ML-6-4-act', 'art 6(1), 6(4)', 'Reliability may be shown in any other way: each signer acted themselves.', { kind: 'each-signed' }),
    rule('ML-6-4-link', 'art 6(1), 6(4)', 'Reliability may be shown in any other way: each signer was reached at an address of their own.', { kind: 'each-opened-their-link' }),
    rule('ML-6-a', 'art 6(3)(a)', 'What makes the signature is linked to the signer and to nobody else.', { kind: 'not-told', what: 'whether what signs belongs to the signer alone' }),
    rule('ML-6-b', 'art 6(3)(b)', 'What makes the signature was under the control of the signer and of nobody else.', { kind: 'not-told', what: 'who controls the means of signing' }),
    rule('ML-6-c', 'art 6(3)(c)', 'A change of the signature after signing can be detected.', { kind: 'sealed' }),
    rule('ML-6-d', 'art 6(3)(d)', 'A change of the information after signing can be detected.', { kind: 'sealed' }),
  ],
  levels: {
    floor: 'MLES_UNPROVEN',
    steps: [
      { level: 'MLES_ARGUABLE', needs: ['ML-6-4-act', 'ML-6-4-link', 'ML-6-c', 'ML-6-d'] },
      { level: 'MLES_RELIABLE', needs: ['ML-6-a', 'ML-6-b'] },
    ],
  },
};
