import type { Pack, Rule } from '../domain/rule.ts';

const INSTRUMENT = 'Electronic Transactions Act 4 of 2019 (Namibia)';
/** Commencement of chapters 1 to 3 but for section 20: Government Notice 75 of 2020. */
const COMMENCED = '2020-03-16';

const textRead = (reference: string, note: string | null = null): Rule['source'] => ({ instrument: INSTRUMENT, reference, confidence: 'TEXT_READ', note });

const rule = (given: Pick<Rule, 'id' | 'source' | 'statement' | 'severity' | 'check'> & Partial<Rule>): Rule => ({ status: 'IN_FORCE', effectiveFrom: COMMENCED, effectiveTo: null, ...given });

const EXCLUSIONS = ['NA-X-01', 'NA-X-02', 'NA-X-03', 'NA-X-04', 'NA-X-05'];

/** What of the Act can be held against what is heard of a completed envelope. */
export const naEta2019v1: Pack = {
  id: 'na-eta-2019',
  version: 1,
  framework: 'NAMIBIA_ETA_2019',
  rules: [
    rule({ id: 'NA-X-01', source: textRead('s 1 "excluded laws" (a), s 16(3)'), statement: 'Chapter 3 does not cover a will or a codicil.', severity: 'BLOCKING', check: { kind: 'document-is-not', type: 'WILL' } }),
    rule({
      id: 'NA-X-02',
      source: textRead('s 1 "excluded laws" (b), s 16(3)', 'The annotated Act notes that the law named there was never applied in Namibia; other laws govern the sale of land. Ask counsel.'),
      statement: 'Chapter 3 does not cover a sale of land.',
      severity: 'BLOCKING',
      check: { kind: 'document-is-not', type: 'LAND_SALE' },
    }),
    rule({ id: 'NA-X-03', source: textRead('s 1 "excluded laws" (c), s 16(3)'), statement: 'Chapter 3 does not cover matters of stamp duty.', severity: 'BLOCKING', check: { kind: 'document-is-not', type: 'STAMP_DUTY' } }),
    rule({ id: 'NA-X-04', source: textRead('s 1 "excluded laws" (d), s 16(3)', 'Whether a cheque or a promissory note falls under it is for counsel.'), statement: 'Chapter 3 does not cover bills of exchange.', severity: 'BLOCKING', check: { kind: 'document-is-not', type: 'BILL_OF_EXCHANGE' } }),
    rule({
      id: 'NA-X-05',
      source: textRead('s 1 "excluded laws" (e), s 16(3)'),
      statement: 'Chapter 3 does not cover a contract of credit or loan for which a law asks for writing or a signature.',
      severity: 'BLOCKING',
      check: { kind: 'document-is-not', type: 'CREDIT_AGREEMENT', onlyWhenFormIsRequired: true },
    }),
    rule({ id: 'NA-17-1', source: textRead('s 17(1)'), statement: 'What is not excluded is not denied effect only for being electronic.', severity: 'BLOCKING', check: { kind: 'all-of', rules: EXCLUSIONS } }),
    rule({ id: 'NA-ES-1', source: textRead('s 1 "electronic signature"'), statement: 'An electronic signature identifies the person who signs.', severity: 'BLOCKING', check: { kind: 'each-opened-their-link' } }),
    rule({ id: 'NA-ES-2', source: textRead('s 1 "electronic signature"'), statement: 'An electronic signature shows approval of, or intention about, what is signed.', severity: 'BLOCKING', check: { kind: 'each-signed' } }),
    rule({ id: 'NA-ES-3', source: textRead('s 1 "electronic signature"'), statement: 'An electronic signature is attached to, or logically associated with, what is signed.', severity: 'BLOCKING', check: { kind: 'sealed' } }),
    rule({
      id: 'NA-20-2',
      source: { instrument: INSTRUMENT, reference: 's 20(2)', confidence: 'SECONDARY', note: 'The section was read; that it commenced on 15 June 2026 (GN 182 of 2026) is known from one secondary source.' },
      statement: 'Another than a recognised signature may be used where the parties agreed on it, or a law provides for it.',
      severity: 'BLOCKING',
      effectiveFrom: '2026-06-15',
      check: { kind: 'parties-agreed' },
    }),
    rule({ id: 'NA-ADV-a', source: textRead('s 1 "advanced electronic signature" (a)'), statement: 'An advanced signature is unique to the signer for its purpose.', severity: 'BLOCKING', check: { kind: 'not-told', what: 'whether what signs belongs to the signer alone' } }),
    rule({ id: 'NA-ADV-b', source: textRead('s 1 "advanced electronic signature" (b)'), statement: 'An advanced signature identifies the signer objectively.', severity: 'BLOCKING', check: { kind: 'not-told', what: 'of a certificate or another objective identification' } }),
    rule({ id: 'NA-ADV-c', source: textRead('s 1 "advanced electronic signature" (c)'), statement: 'An advanced signature is made by means under the sole control of the signer.', severity: 'BLOCKING', check: { kind: 'not-told', what: 'who controls the means of signing' } }),
    rule({
      id: 'NA-ADV-d',
      source: textRead('s 1 "advanced electronic signature" (d)', 'The gazetted text joins (c) and (d) by "or"; both are asked for here.'),
      statement: 'After an advanced signature, any change of what was signed can be detected.',
      severity: 'BLOCKING',
      check: { kind: 'sealed' },
    }),
    rule({ id: 'NA-24-2', source: textRead('s 24(1)(c)'), statement: 'What is kept shows when it was sent and received.', severity: 'MAJOR', check: { kind: 'moments-known' } }),
    rule({ id: 'NA-25-3', source: textRead('s 25(3)(c)'), statement: 'How the originator was identified counts for the weight of evidence.', severity: 'MAJOR', check: { kind: 'how-identified' } }),
  ],
  levels: {
    floor: 'NA_INSUFFICIENT',
    excluded: { level: 'NA_EXCLUDED', byFailing: EXCLUSIONS },
    steps: [
      { level: 'NA_DATA_MESSAGE', needs: ['NA-17-1'] },
      { level: 'NA_AGREED', needs: ['NA-ES-1', 'NA-ES-2', 'NA-ES-3', 'NA-20-2'] },
      { level: 'NA_ADVANCED', needs: ['NA-ADV-a', 'NA-ADV-b', 'NA-ADV-c', 'NA-ADV-d'] },
    ],
  },
};
