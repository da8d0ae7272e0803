import { invalidInput, type InvalidInput } from '@buffrsign/kernel';
import type { Channel, NoticeKind } from '../__generated__/prisma/enums.ts';
import type { Context } from '../context.ts';
import { effective, type EffectivePreference } from '../domain/preferences.ts';
import { choices } from '../notices/index.ts';
import { own } from '../policies.ts';

interface Wanted {
  readonly kind: NoticeKind;
  readonly channel: Channel;
  readonly isEnabled: boolean;
}

export type UpdatePreferencesOutcome =
  | { readonly __typename: 'UpdateNotificationPreferencesSuccess'; readonly preferences: readonly EffectivePreference[] }
  | { readonly __typename: 'MandatoryNoticeError'; readonly message: string; readonly kind: NoticeKind; readonly channel: Channel }
  | InvalidInput;

const MAX_CHANGES = 50;

export const listPreferences = async (ctx: Context): Promise<readonly EffectivePreference[]> => effective(choices, await ctx.db.preference.findMany({ where: own(ctx.actor) }));

const refuse = (wanted: readonly Wanted[]): Exclude<UpdatePreferencesOutcome, { __typename: 'UpdateNotificationPreferencesSuccess' }> | null => {
  if (wanted.length === 0 || wanted.length > MAX_CHANGES) return invalidInput([{ path: 'preferences', message: `Name 1 to ${MAX_CHANGES} changes.` }]);
  const there = effective(choices, []);
  for (const [index, { kind, channel, isEnabled }] of wanted.entries()) {
    const choice = there.find((one) => one.kind === kind && one.channel === channel);
    if (!choice) return invalidInput([{ path: `preferences.${index}`, message: `Nobody is told ${kind} over ${channel} by choice.` }]);
    if (choice.isMandatory && !isEnabled) return { __typename: 'MandatoryNoticeError', message: `${kind} always comes over ${channel}: it cannot be switched off.`, kind, channel };
  }
  return null;
};

export const updatePreferences = async (ctx: Context, wanted: readonly Wanted[]): Promise<UpdatePreferencesOutcome> => {
  const mine = own(ctx.actor);
  const refusal = refuse(wanted);
  if (refusal) return refusal;
  return ctx.transaction(async (tx) => {
    for (const { kind, channel, isEnabled: enabled } of wanted) {
      const change = { enabled, updatedAt: tx.now };
      await tx.db.preference.upsert({ where: { organizationId_userId_kind_channel: { ...mine, kind, channel } }, create: { ...mine, kind, channel, ...change }, update: change });
    }
    return { __typename: 'UpdateNotificationPreferencesSuccess', preferences: effective(choices, await tx.db.preference.findMany({ where: mine })) };
  });
};
