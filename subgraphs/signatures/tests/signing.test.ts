import { anonymous, type TestSubgraph } from '@buffrsign/kernel/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envelopeDeclined, envelopeVoided, recipientCompleted, recipientDeclined, recipientDelivered, recipientSent } from '../src/events.ts';
import { aRecipient, startDesk, type Desk } from './support/desk.ts';
import * as operations from './support/operations.ts';

let desk: Desk;
let now = new Date('2026-03-01T08:00:00Z');
beforeAll(async () => {
  desk = await startDesk({ now: () => now });
});
afterAll(() => desk.stop());

const place = { page: 1, x: 0.1, y: 0.1, width: 0.3, height: 0.05 };
const openLink = (token: string) => desk.ask(anonymous, operations.OPEN, { token });
const facts = async (event: Parameters<TestSubgraph<never, never>['said']>[0], subject: string) => (await desk.graph.said(event)).filter((fact) => fact.subject === subject);

describe('a signing link', () => {
  test('stands nowhere in the database, readable or in part', async () => {
    const { recipients } = await desk.sent();
    const token = await desk.token(recipients[0]!.id);
    const tables = await desk.graph.tools.db.$queryRaw<{ name: string }[]>`select table_name as name from information_schema.tables where table_schema = 'public'`;
    const dump = await Promise.all(tables.map(({ name }) => desk.graph.tools.db.$queryRawUnsafe<{ row: string }[]>(`select t::text as row from ${pg.escapeIdentifier(name)} t`)));
    const text = dump.flat().map(({ row }) => row).join('\n');
    expect(text).toContain(recipients[0]!.id);
    expect(text).not.toContain(token);
    expect(text).not.toContain(token.slice(0, 12));
  });

  test('cannot be had by the sender: no type that a member is given has a field for it', async () => {
    const { data } = await desk.graph.as(desk.member)<{ __schema: { types: { name: string; kind: string; fields: { name: string }[] | null }[] } }>('{ __schema { types { name kind fields { name } } } }');
    const telling = data!.__schema.types.flatMap(({ name, kind, fields }) => (kind === 'OBJECT' ? (fields ?? []).filter((field) => /link|token|hash|secret/i.test(field.name)).map((field) => `${name}.${field.name}`) : []));
    expect(telling.filter((field) => !field.startsWith('Mutation.'))).toEqual(['OpenSigningLinkSuccess.accessToken']);
  });

  test.each([['nonsense'], [''], ['A'.repeat(43)], ['../../etc/passwd']])('that was never sent does not open: %j', async (token) => {
    expect(await openLink(token)).toMatchObject({ __typename: 'SigningLinkInvalidError' });
  });

  test('marks the envelope as opened the first time, and says so once', async () => {
    const { id, recipients } = await desk.sent();
    await desk.enter(recipients[0]!.id);
    await desk.enter(recipients[0]!.id);
    expect(await desk.show(id)).toMatchObject({ state: 'DELIVERED', recipients: [{ state: 'DELIVERED' }] });
    expect(await facts(recipientDelivered, id)).toHaveLength(1);
  });

  test('gives way to the next one', async () => {
    const { id, recipients } = await desk.sent();
    const recipientId = recipients[0]!.id;
    const old = await desk.token(recipientId);
    const input = { recipientId, idempotencyKey: 'resend' };
    expect(await desk.ask(desk.member, operations.RESEND, input)).toMatchObject({ __typename: 'ResendSigningLinkSuccess' });
    await desk.ask(desk.member, operations.RESEND, input);
    expect(await facts(recipientSent, id)).toHaveLength(2);
    expect(await openLink(old)).toMatchObject({ __typename: 'SigningLinkInvalidError' });
    expect(await openLink(await desk.token(recipientId))).toMatchObject({ __typename: 'OpenSigningLinkSuccess' });
  });

  test('is not sent to somebody whose turn has not come, and not again to somebody who signed', async () => {
    const { recipients } = await desk.sent([aRecipient('A', 1), aRecipient('B', 2)]);
    const resend = (index: number) => desk.ask(desk.member, operations.RESEND, { recipientId: recipients[index]!.id, idempotencyKey: `resend ${recipients[index]!.id}` });
    expect(await resend(1)).toMatchObject({ __typename: 'NotYourTurnError', ahead: 1 });
    await desk.sign(await desk.enter(recipients[0]!.id));
    expect(await resend(0)).toMatchObject({ __typename: 'AlreadySignedError' });
    expect(await resend(1)).toMatchObject({ __typename: 'ResendSigningLinkSuccess' });
  });

  test('does not open when the envelope was voided, and says why', async () => {
    const { id, recipients } = await desk.sent();
    const guest = await desk.enter(recipients[0]!.id);
    expect(await desk.ask(desk.member, operations.VOID, { id, reason: 'Wrong lease.', idempotencyKey: 'void' })).toMatchObject({ __typename: 'VoidEnvelopeSuccess', envelope: { state: 'VOIDED', endReason: 'Wrong lease.' } });
    expect(await openLink(await desk.token(recipients[0]!.id))).toMatchObject({ __typename: 'EnvelopeNotOpenError', state: 'VOIDED' });
    expect(await desk.sign(guest)).toMatchObject({ __typename: 'EnvelopeNotOpenError', state: 'VOIDED' });
    expect(await facts(envelopeVoided, id)).toMatchObject([{ data: { reason: 'Wrong lease.', expired: false } }]);
  });
});

test('voiding is done once with one key, and refused with another', async () => {
  const { id } = await desk.sent();
  const voiding = (idempotencyKey: string) => desk.ask(desk.member, operations.VOID, { id, reason: 'Wrong lease.', idempotencyKey });
  const outcomes = await Promise.all([voiding('same'), voiding('same'), voiding('same')]);
  expect(outcomes.map(({ __typename }) => __typename)).toEqual(Array(3).fill('VoidEnvelopeSuccess'));
  expect(await voiding('other')).toMatchObject({ __typename: 'EnvelopeNotOpenError', state: 'VOIDED' });
  expect(await voiding(' ')).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'idempotencyKey' }] });
  expect(await facts(envelopeVoided, id)).toHaveLength(1);
});

describe('signing', () => {
  test('takes nothing without agreement', async () => {
    const { id, recipients } = await desk.sent();
    const guest = await desk.enter(recipients[0]!.id);
    expect(await desk.sign(guest, { consent: false })).toMatchObject({ __typename: 'ConsentRequiredError' });
    expect(await desk.show(id)).toMatchObject({ recipients: [{ state: 'DELIVERED', consent: null }] });
    expect(await desk.sign(guest)).toMatchObject({ __typename: 'SignEnvelopeSuccess' });
  });

  test('names the required fields that are empty', async () => {
    const { recipients } = await desk.sent([aRecipient('Selma', 1, [{ ...place, kind: 'SIGNATURE' }, { ...place, y: 0.3, kind: 'CHECKBOX' }, { ...place, y: 0.5, kind: 'TEXT', required: false }])]);
    const guest = await desk.enter(recipients[0]!.id);
    const [signature, box] = recipients[0]!.fields;
    expect(await desk.sign(guest, { values: [{ fieldId: box!.id, checked: false }] })).toMatchObject({ __typename: 'FieldsMissingError', fields: [{ id: signature!.id }, { id: box!.id }] });
  });

  test.each([
    ['a text in letters that cannot be drawn', { text: '王芳 Shilongo' }, 'values.0.text'],
    ['a drawing that is no picture', { png: Buffer.from('not a picture').toString('base64') }, 'values.0.png'],
    ['a drawing that claims to be huge', { png: Buffer.from('89504e470d0a1a0a0000000d494844520000ffff0000ffff0806000000', 'hex').toString('base64') }, 'values.0.png'],
  ])('refuses %s when it is typed, not when it is sealed', async (_what, value, path) => {
    const { recipients } = await desk.sent();
    const guest = await desk.enter(recipients[0]!.id);
    expect(await desk.sign(guest, { values: [{ fieldId: recipients[0]!.fields[0]!.id, ...value }] })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
  });

  test('refuses more values than anybody has fields', async () => {
    const { recipients } = await desk.sent();
    const guest = await desk.enter(recipients[0]!.id);
    const values = Array.from({ length: 101 }, () => ({ fieldId: recipients[0]!.fields[0]!.id, text: 'N' }));
    expect(await desk.sign(guest, { values })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'values' }] });
  });

  test('does not touch fields of other recipients', async () => {
    const { recipients } = await desk.sent([aRecipient('A'), aRecipient('B')]);
    const guest = await desk.enter(recipients[0]!.id);
    const theirs = recipients[1]!.fields[0]!.id;
    expect(await desk.sign(guest, { values: [{ fieldId: theirs, text: 'A' }] })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'values.0.fieldId' }] });
  });

  test('is done once with one key, and refused with another', async () => {
    const { id, recipients } = await desk.sent([aRecipient('A', 1), aRecipient('B', 2)]);
    const guest = await desk.enter(recipients[0]!.id);
    expect(await desk.sign(guest)).toMatchObject({ __typename: 'SignEnvelopeSuccess' });
    expect(await desk.sign(guest)).toMatchObject({ __typename: 'SignEnvelopeSuccess', recipient: { state: 'COMPLETED' } });
    expect(await desk.sign(guest, { idempotencyKey: 'another' })).toMatchObject({ __typename: 'AlreadySignedError' });
    expect(await facts(recipientCompleted, id)).toHaveLength(1);
  });

  test('before one’s turn is refused, and works with the same key when the turn has come', async () => {
    const { id, recipients } = await desk.sent([aRecipient('A', 1), aRecipient('B', 2)]);
    const early = { kind: 'guest', id: recipients[1]!.id, organizationId: desk.member.organizationId, resourceId: id, scopes: ['envelope:sign'] } as const;
    expect(await desk.sign(early)).toMatchObject({ __typename: 'NotYourTurnError', ahead: 1 });
    await desk.sign(await desk.enter(recipients[0]!.id));
    await desk.enter(recipients[1]!.id);
    expect(await desk.sign(early)).toMatchObject({ __typename: 'SignEnvelopeSuccess' });
  });
});

describe('declining', () => {
  test('ends the envelope for everybody, with the reason', async () => {
    const { id, recipients } = await desk.sent([aRecipient('A'), aRecipient('B')]);
    const [a, b] = [await desk.enter(recipients[0]!.id), await desk.enter(recipients[1]!.id)];
    const input = { reason: 'The rent is wrong.', idempotencyKey: 'decline' };
    expect(await desk.ask(a, operations.DECLINE, input)).toMatchObject({ __typename: 'DeclineEnvelopeSuccess', envelope: { state: 'DECLINED' }, recipient: { state: 'DECLINED' } });
    expect(await desk.ask(a, operations.DECLINE, input)).toMatchObject({ __typename: 'DeclineEnvelopeSuccess' });
    expect(await desk.sign(b)).toMatchObject({ __typename: 'EnvelopeNotOpenError', state: 'DECLINED' });
    expect(await facts(recipientDeclined, id)).toMatchObject([{ data: { reason: 'The rent is wrong.' } }]);
    expect(await facts(envelopeDeclined, id)).toMatchObject([{ data: { declinedBy: a.id } }]);
    expect(await desk.show(id)).toMatchObject({ recipients: [{ declineReason: 'The rent is wrong.' }, { declineReason: null }] });
  });

  test('needs a reason', async () => {
    const { recipients } = await desk.sent();
    const guest = await desk.enter(recipients[0]!.id);
    expect(await desk.ask(guest, operations.DECLINE, { reason: ' ', idempotencyKey: 'x' })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'reason' }] });
  });
});

describe('an envelope whose time is over', () => {
  test('cannot be signed from that moment on, and is then marked as expired once', async () => {
    const { expireEnvelopes } = await import('../src/use-cases/index.ts');
    const { id, recipients } = await desk.sent([aRecipient('A')], { expiresInDays: 1 });
    const guest = await desk.enter(recipients[0]!.id);
    const token = await desk.token(recipients[0]!.id);
    const before = now;
    now = new Date(now.getTime() + 24 * 60 * 60 * 1000);
    try {
      expect(await desk.sign(guest)).toMatchObject({ __typename: 'EnvelopeNotOpenError' });
      expect(await openLink(token)).toMatchObject({ __typename: 'EnvelopeNotOpenError' });
      await Promise.all([expireEnvelopes(desk.graph.tools), expireEnvelopes(desk.graph.tools)]);
      expect(await desk.show(id)).toMatchObject({ state: 'EXPIRED' });
      expect(await facts(envelopeVoided, id)).toMatchObject([{ data: { expired: true } }]);
    } finally {
      now = before;
    }
  });
});
