import { describe, expect, test } from 'vitest';
import { unfit, withSuggestions } from '../src/domain/document-fields.ts';
import { newEnvelopeModel, missingToSend } from '../src/domain/draft.ts';
import { envelopeTransitions, isOpen } from '../src/domain/envelope-state.ts';
import { dateOf, MAX_DRAWING_BYTES, missingFields, readValues, type FieldToFill } from '../src/domain/field-values.ts';
import { recipientTransitions } from '../src/domain/recipient-state.ts';
import { ahead, allHaveOpened, nextToAsk, remaining, type Routed } from '../src/domain/routing.ts';
import { refuseToSign, refuseToVoid } from '../src/domain/signing.ts';
import { statesBefore, type Transitions } from '../src/domain/transitions.ts';

const now = new Date('2026-03-01T23:30:00Z');
const later = new Date('2026-06-01T00:00:00Z');
const earlier = new Date('2026-02-01T00:00:00Z');

describe('states', () => {
  const finals = (transitions: Transitions<string>) => Object.keys(transitions).filter((state) => transitions[state]!.length === 0);

  test('end where nothing follows', () => {
    expect(finals(envelopeTransitions)).toEqual(['COMPLETED', 'DECLINED', 'VOIDED', 'EXPIRED']);
    expect(finals(recipientTransitions)).toEqual(['COMPLETED', 'DECLINED']);
  });

  test.each([
    ['SENT', ['CREATED']],
    ['DELIVERED', ['SENT']],
    ['SIGNED', ['DELIVERED']],
    ['COMPLETED', ['SIGNED']],
    ['DECLINED', ['SENT', 'DELIVERED']],
    ['VOIDED', ['SENT', 'DELIVERED']],
    ['EXPIRED', ['SENT', 'DELIVERED']],
  ] as const)('of an envelope become %s from %j and from nothing else', (to, from) => {
    expect(statesBefore(envelopeTransitions, to)).toEqual(from);
  });

  test.each([
    ['SENT', ['CREATED']],
    ['DELIVERED', ['SENT']],
    ['COMPLETED', ['DELIVERED']],
    ['DECLINED', ['SENT', 'DELIVERED']],
  ] as const)('of a recipient become %s from %j and from nothing else', (to, from) => {
    expect(statesBefore(recipientTransitions, to)).toEqual(from);
  });

  test.each([
    ['CREATED', later, false],
    ['SENT', later, true],
    ['DELIVERED', later, true],
    ['SENT', now, false],
    ['DELIVERED', earlier, false],
    ['SIGNED', later, false],
    ['COMPLETED', later, false],
    ['VOIDED', later, false],
    ['SENT', null, false],
  ] as const)('%s until %s is open: %s', (state, expiresAt, open) => {
    expect(isOpen({ state, expiresAt }, now)).toBe(open);
  });
});

describe('routing', () => {
  const at = (routingOrder: number, state: Routed['state'] = 'CREATED'): Routed => ({ routingOrder, state });

  test.each([
    ['the lowest order first', [at(2), at(1), at(3)], [1]],
    ['all of one order at once', [at(1), at(1), at(2)], [0, 1]],
    ['nobody anew while one of the order has yet to sign', [at(1, 'COMPLETED'), at(1, 'DELIVERED'), at(2)], []],
    ['the next order when all before have signed', [at(1, 'COMPLETED'), at(5), at(9)], [1]],
    ['nobody when all have signed', [at(1, 'COMPLETED')], []],
    ['nobody of nobody', [], []],
  ])('asks %s', (_what, recipients, expected) => {
    expect(nextToAsk(recipients).map((recipient) => recipients.indexOf(recipient))).toEqual(expected);
  });

  test('counts who is left and who is ahead', () => {
    const recipients = [at(1, 'COMPLETED'), at(1, 'SENT'), at(2), at(3)];
    expect(remaining(recipients)).toBe(3);
    expect([1, 2, 3].map((order) => ahead(recipients, order))).toEqual([0, 1, 2]);
  });

  test('knows when everybody has opened', () => {
    expect(allHaveOpened([at(1, 'COMPLETED'), at(2, 'DELIVERED')])).toBe(true);
    expect(allHaveOpened([at(1, 'COMPLETED'), at(2, 'SENT')])).toBe(false);
  });
});

describe('signing', () => {
  const envelope = { state: 'SENT', expiresAt: later } as const;
  const me = { routingOrder: 2, state: 'DELIVERED', completedAt: null } as const;
  const before = { routingOrder: 1, state: 'SENT' } as const;

  test.each([
    ['nothing stands against it', envelope, me, [me], true, null],
    ['I signed already, also when the envelope is over', { ...envelope, state: 'COMPLETED' } as const, { ...me, completedAt: earlier }, [me], true, 'AlreadySignedError'],
    ['the envelope was voided, before it matters whose turn it is', { ...envelope, state: 'VOIDED' } as const, me, [before, me], true, 'EnvelopeNotOpenError'],
    ['the time is over though nobody marked it yet', { ...envelope, expiresAt: now }, me, [me], true, 'EnvelopeNotOpenError'],
    ['somebody signs before me, before it matters whether I agree', envelope, me, [before, me], false, 'NotYourTurnError'],
    ['I do not agree', envelope, me, [me], false, 'ConsentRequiredError'],
  ])('when %s', (_what, given, recipient, all, consent, refusal) => {
    expect(refuseToSign(given, recipient, all, consent, now)?.__typename ?? null).toBe(refusal);
  });

  test.each([
    ['SENT', null],
    ['DELIVERED', null],
    ['CREATED', 'EnvelopeNotOpenError'],
    ['SIGNED', 'EnvelopeNotOpenError'],
    ['COMPLETED', 'EnvelopeNotOpenError'],
    ['VOIDED', 'EnvelopeNotOpenError'],
  ] as const)('can be called off in %s: %s', (state, refusal) => {
    expect(refuseToVoid({ state, expiresAt: later }, now)?.__typename ?? null).toBe(refusal);
  });
});

describe('values', () => {
  const field = (kind: FieldToFill['kind'], required = true): FieldToFill => ({ id: kind, kind, required });
  const read = (kind: FieldToFill['kind'], value: object) => readValues([field(kind)], [{ fieldId: kind, ...value }], now);
  const png = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');

  test.each([
    ['SIGNATURE', { text: '  N. Shilongo ' }, { text: 'N. Shilongo' }],
    ['INITIALS', { png }, { drawing: new Uint8Array(Buffer.from(png, 'base64')) }],
    ['TEXT', { text: 'Rundu' }, { text: 'Rundu' }],
    ['CHECKBOX', { checked: false }, { checked: false }],
  ] as const)('a field of kind %s takes %j', (kind, given, value) => {
    const { values, issues } = read(kind, given);
    expect(issues).toEqual([]);
    expect(values.get(kind)).toEqual(value);
  });

  test.each([
    ['SIGNATURE', { text: 'N', png }],
    ['SIGNATURE', { checked: true }],
    ['SIGNATURE', { png: 'not base64!' }],
    ['SIGNATURE', { png: '' }],
    ['SIGNATURE', { png: Buffer.alloc(MAX_DRAWING_BYTES + 3).toString('base64') }],
    ['SIGNATURE', { text: 'x'.repeat(101) }],
    ['TEXT', { checked: true }],
    ['TEXT', { text: 'x'.repeat(2001) }],
    ['CHECKBOX', { text: 'yes' }],
    ['DATE_SIGNED', { text: '2020-01-01' }],
  ] as const)('a field of kind %s refuses %j', (kind, given) => {
    expect(read(kind, given).issues).toHaveLength(1);
  });

  test('are refused for fields of others, and given twice', () => {
    expect(readValues([field('TEXT')], [{ fieldId: 'fld_other', text: 'x' }], now).issues).toMatchObject([{ path: 'values.0.fieldId' }]);
    const twice = { fieldId: 'TEXT', text: 'x' };
    expect(readValues([field('TEXT')], [twice, twice], now).issues).toMatchObject([{ path: 'values.1.fieldId' }]);
  });

  test('of dates are the platform’s own: the day of signing in UTC', () => {
    expect(readValues([field('DATE_SIGNED')], [], now).values.get('DATE_SIGNED')).toEqual({ text: '2026-03-01 UTC' });
    expect(dateOf(new Date('2026-03-02T01:30:00+02:00'))).toBe('2026-03-01 UTC');
  });

  test('are missing when a required field is empty, blank or not ticked', () => {
    const fields = [field('SIGNATURE'), field('TEXT'), field('CHECKBOX')];
    const { values } = readValues(fields, [{ fieldId: 'TEXT', text: '   ' }, { fieldId: 'CHECKBOX', checked: false }], now);
    expect(missingFields(fields, values)).toEqual(fields);
    expect(missingFields([field('TEXT', false), field('CHECKBOX', false)], values)).toEqual([]);
  });
});

describe('a draft', () => {
  const place = { kind: 'TEXT', page: 1, x: 0.1, y: 0.1, width: 0.2, height: 0.05, required: false };
  const someone = { name: 'Ndapewa', email: 'Ndapewa@Example.na', routingOrder: 1, fields: [place] };
  const draft = { documentId: 'doc_1', expiresInDays: 30, recipients: [someone] };
  const issues = (input: object) => newEnvelopeModel.safeParse(input).error?.issues.map(({ path }) => path.join('.')) ?? [];

  test('is read with addresses in lower case, and with signatures and dates always required', () => {
    const read = newEnvelopeModel.parse({ ...draft, recipients: [{ ...someone, fields: [{ ...place, kind: 'SIGNATURE' }, { ...place, kind: 'DATE_SIGNED' }, place] }] });
    expect(read.recipients[0]).toMatchObject({ email: 'ndapewa@example.na', fields: [{ required: true }, { required: true }, { required: false }] });
  });

  test.each([
    ['a field that leaves the page on the right', { ...place, x: 0.9 }, 'width'],
    ['a field that leaves the page at the bottom', { ...place, y: 0.99 }, 'height'],
    ['a field off the page', { ...place, x: -0.1 }, 'x'],
    ['a field too small to be seen', { ...place, width: 0.001 }, 'width'],
    ['a page before the first', { ...place, page: 0 }, 'page'],
    ['a place that is no number', { ...place, y: Number.NaN }, 'y'],
  ])('is refused with %s', (_what, field, where) => {
    expect(issues({ ...draft, recipients: [{ ...someone, fields: [field] }] })).toEqual([`recipients.0.fields.0.${where}`]);
  });

  test.each([
    ['a recipient without a name', { ...draft, recipients: [{ ...someone, name: ' ' }] }, ['recipients.0.name']],
    ['a name of two lines', { ...draft, recipients: [{ ...someone, name: 'Ndapewa\r\nBcc: x' }] }, ['recipients.0.name']],
    ['no e-mail address', { ...draft, recipients: [{ ...someone, email: 'ndapewa' }] }, ['recipients.0.email']],
    ['the same person twice', { ...draft, recipients: [someone, { ...someone, email: 'NDAPEWA@example.na' }] }, ['recipients.1.email']],
    ['more than a year', { ...draft, expiresInDays: 366 }, ['expiresInDays']],
    ['51 recipients', { ...draft, recipients: Array.from({ length: 51 }, (_, index) => ({ ...someone, name: `N${index}` })) }, ['recipients']],
  ])('is refused with %s', (_what, input, where) => {
    expect(issues(input)).toEqual(where);
  });

  test('lets two people share an address', () => {
    expect(issues({ ...draft, recipients: [someone, { ...someone, name: 'Tangeni' }] })).toEqual([]);
  });

  test('has fields only on pages that there are', () => {
    expect(unfit([{ fields: [{ kind: 'TEXT', page: 4 }, { kind: 'TEXT', page: 5 }] }], { pages: 4, signed: false, emptySignatureFields: [] })).toMatchObject([{ path: 'recipients.0.fields.1.page' }]);
  });

  test.each([
    ['anything but a signature', [[{ kind: 'TEXT', page: 1 }]], ['recipients.0.fields.0.kind']],
    ['a field that the document does not have', [[{ kind: 'SIGNATURE', page: 1, documentField: 'Tenant' }]], ['recipients.0.fields.0.documentField']],
    ['one field for two', [[{ kind: 'SIGNATURE', page: 1, documentField: 'Buyer' }], [{ kind: 'SIGNATURE', page: 1, documentField: 'Buyer' }]], ['recipients.1.fields.0.documentField']],
    ['two signatures of one recipient', [[{ kind: 'SIGNATURE', page: 1 }, { kind: 'SIGNATURE', page: 1 }]], ['recipients.0.fields.1']],
  ])('of a document that is signed already is refused with %s', (_what, fields, paths) => {
    const document = { pages: 1, signed: true, emptySignatureFields: ['Buyer', 'Seller'] };
    expect(unfit(fields.map((of) => ({ fields: of })), document).map(({ path }) => path)).toEqual(paths);
    expect(unfit([{ fields: [{ kind: 'SIGNATURE', page: 1, documentField: 'Buyer' }] }, { fields: [{ kind: 'SIGNATURE', page: 1 }] }], document)).toEqual([]);
  });

  test('names a field of the document only where that is signed already', () => {
    expect(unfit([{ fields: [{ kind: 'SIGNATURE', page: 1, documentField: 'Buyer' }] }], { pages: 1, signed: false, emptySignatureFields: ['Buyer'] })).toMatchObject([{ path: 'recipients.0.fields.0.documentField' }]);
  });

  describe('that takes the fields which its document asks for', () => {
    const place = { page: 1, x: 0.1, y: 0.1, width: 0.2, height: 0.05 };
    const suggested = [
      { ...place, source: 'TEXT_TAG', name: null, kind: 'SIGNATURE', role: 'signer1', label: null, required: false },
      { ...place, source: 'TEXT_TAG', name: null, kind: 'TEXT', role: 'signer2', label: 'Place', required: false },
      { ...place, source: 'ACRO_FORM', name: 'erf', kind: 'TEXT', role: null, label: 'Erf', required: true },
    ];
    const recipient = { ...someone, routingOrder: 1, fields: [] };

    test('gives each recipient those of their role, beside their own', () => {
      const given = withSuggestions([recipient, recipient], [{ role: 'signer1', recipient: 1 }, { recipient: 0 }], suggested);
      expect('recipients' in given && given.recipients.map(({ fields }) => fields)).toEqual([
        [{ ...place, kind: 'TEXT', label: 'Erf', required: true }],
        [{ ...place, kind: 'SIGNATURE', label: null, required: true }],
      ]);
    });

    test.each([
      ['a role that it does not have', [{ role: 'signer3', recipient: 0 }], ['useSuggestedFields.0.role']],
      ['a recipient who is not there', [{ role: 'signer1', recipient: 1 }], ['useSuggestedFields.0.recipient']],
      ['a role for two', [{ role: 'signer1', recipient: 0 }, { role: 'signer1', recipient: 0 }], ['useSuggestedFields.1.role']],
    ])('is refused with %s', (_what, uses, paths) => {
      const given = withSuggestions([recipient], uses, suggested);
      expect('issues' in given && given.issues.map(({ path }) => path)).toEqual(paths);
    });
  });

  test('can be sent when everybody has a field for a signature', () => {
    expect(missingToSend([])).toHaveLength(1);
    expect(missingToSend([{ name: 'A', fields: [{ kind: 'TEXT' }] }, { name: 'B', fields: [{ kind: 'SIGNATURE' }] }])).toEqual(['A has no field for a signature.']);
  });
});
