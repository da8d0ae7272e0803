import { aStranger } from '@buffrsign/kernel/testing';
import { envelopeCompleted, recipientSent } from '@buffrsign/signatures/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emailRequested } from '../src/events.ts';
import { effective } from '../src/domain/preferences.ts';
import { anEnvelope, join, scopes, startNotifications, type NotificationsGraph } from './support/world.ts';

let graph: NotificationsGraph;
beforeAll(async () => {
  graph = await startNotifications();
});
afterAll(() => graph.stop());

const UPDATE = /* GraphQL */ `
  mutation ($preferences: [NotificationPreferenceInput!]!) {
    updateNotificationPreferences(input: { preferences: $preferences }) {
      __typename
      ... on UpdateNotificationPreferencesSuccess { preferences { kind channel isEnabled isMandatory } }
      ... on MandatoryNoticeError { message kind channel }
      ... on InvalidInputError { issues { path } }
    }
  }
`;
interface Preference { kind: string; channel: string; isEnabled: boolean; isMandatory: boolean }
interface Preferences { notificationPreferences: Preference[] }
const PREFERENCES = '{ notificationPreferences { kind channel isEnabled isMandatory } }';

const off = (kind: string, channel: string) => ({ kind, channel, isEnabled: false });
const toldTo = async (member: { email: string; id: string }) => ({
  mails: (await graph.said(emailRequested)).filter(({ data }) => data.to.email === member.email).map(({ data }) => data.template),
  listed: await graph.tools.db.notification.count({ where: { userId: member.id, shown: true } }),
});

describe('preferences', () => {
  test('are all on until they are changed, and are the member’s own', async () => {
    const member = await join(graph);
    const before = (await graph.as(member)<Preferences>(PREFERENCES)).data!.notificationPreferences;
    expect(before.every(({ isEnabled }) => isEnabled)).toBe(true);
    expect(before.filter(({ isMandatory }) => isMandatory)).toEqual([{ kind: 'SIGNATURE_REQUESTED', channel: 'EMAIL', isEnabled: true, isMandatory: true }]);
    expect(before.map(({ kind }) => kind)).not.toContain('MEMBER_INVITED');
    const change = () => graph.as(member)<{ updateNotificationPreferences: { preferences: Preference[] } }>(UPDATE, { preferences: [off('ENVELOPE_COMPLETED', 'EMAIL')] });
    // Twice at the same moment: the same wish.
    const [{ data }] = await Promise.all([change(), change()]);
    expect(data!.updateNotificationPreferences.preferences.filter(({ isEnabled }) => !isEnabled)).toEqual([{ kind: 'ENVELOPE_COMPLETED', channel: 'EMAIL', isEnabled: false, isMandatory: false }]);
    const others = (await graph.as(aStranger(scopes))<Preferences>(PREFERENCES)).data!.notificationPreferences;
    expect(others.every(({ isEnabled }) => isEnabled)).toBe(true);
    const elsewhere = await join(graph, { id: member.id });
    expect((await graph.as(elsewhere)<Preferences>(PREFERENCES)).data!.notificationPreferences.every(({ isEnabled }) => isEnabled)).toBe(true);
  });

  test.each([
    ['EMAIL', { mails: [], listed: 1 }],
    ['IN_APP', { mails: ['envelope-completed'], listed: 0 }],
  ])('keep %s away, and only that', async (channel, expected) => {
    const member = await join(graph);
    await graph.as(member)(UPDATE, { preferences: [off('ENVELOPE_COMPLETED', channel)] });
    const envelope = anEnvelope(member);
    await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
    expect(await toldTo(member)).toEqual(expected);
  });

  test('that switch everything off leave nothing behind', async () => {
    const member = await join(graph);
    await graph.as(member)(UPDATE, { preferences: [off('ENVELOPE_COMPLETED', 'EMAIL'), off('ENVELOPE_COMPLETED', 'IN_APP')] });
    const envelope = anEnvelope(member);
    await graph.tell(envelopeCompleted, envelope.about, envelope.completed());
    expect(await graph.tools.db.notification.count({ where: { userId: member.id } })).toBe(0);
  });

  test('cannot keep a request to sign from a member: the mail goes even when a switch was left in the database', async () => {
    const sender = await join(graph);
    const member = await join(graph, { organizationId: sender.organizationId });
    const refused = await graph.as(member)(UPDATE, { preferences: [off('ENVELOPE_VOIDED', 'EMAIL'), off('SIGNATURE_REQUESTED', 'EMAIL')] });
    expect(refused.data).toMatchObject({ updateNotificationPreferences: { __typename: 'MandatoryNoticeError', kind: 'SIGNATURE_REQUESTED', channel: 'EMAIL' } });
    expect(await graph.tools.db.preference.count({ where: { userId: member.id } })).toBe(0);
    await graph.tools.db.preference.create({ data: { organizationId: member.organizationId, userId: member.id, kind: 'SIGNATURE_REQUESTED', channel: 'EMAIL', enabled: false, updatedAt: new Date() } });
    const envelope = anEnvelope(sender);
    await graph.tell(recipientSent, envelope.about, { ...envelope.sent(), email: member.email });
    expect(await toldTo(member)).toEqual({ mails: ['signature-requested'], listed: 1 });
  });

  test.each([
    ['nothing', [], 'preferences'],
    ['a letter about an account', [off('PASSWORD_RESET_REQUESTED', 'EMAIL')], 'preferences.0'],
    ['too much', Array.from({ length: 51 }, () => off('ENVELOPE_COMPLETED', 'EMAIL')), 'preferences'],
  ])('are not changed by %s', async (_what, preferences, path) => {
    const member = await join(graph);
    expect((await graph.as(member)(UPDATE, { preferences })).data).toMatchObject({ updateNotificationPreferences: { __typename: 'InvalidInputError', issues: [{ path }] } });
  });
});

describe('what is in force', () => {
  const choice = { kind: 'ENVELOPE_COMPLETED', channels: ['IN_APP', 'EMAIL'], mandatory: ['EMAIL'] } as const;
  test.each([
    ['nothing is wished', [], [true, true]],
    ['the list is switched off', [{ kind: 'ENVELOPE_COMPLETED', channel: 'IN_APP', enabled: false }], [false, true]],
    ['what is mandatory is switched off', [{ kind: 'ENVELOPE_COMPLETED', channel: 'EMAIL', enabled: false }], [true, true]],
    ['another kind is switched off', [{ kind: 'ENVELOPE_VOIDED', channel: 'IN_APP', enabled: false }], [true, true]],
  ] as const)('when %s', (_when, wishes, expected) => {
    expect(effective([choice], wishes).map(({ isEnabled }) => isEnabled)).toEqual(expected);
  });
});
