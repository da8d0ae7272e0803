import type { Channel, NoticeKind } from '../__generated__/prisma/enums.ts';

/** What decides over channels: a notice, as far as preferences go. */
export interface Choice {
  readonly kind: NoticeKind;
  /** How it comes unless somebody wants it otherwise. */
  readonly channels: readonly Channel[];
  /** What nobody can switch off. */
  readonly mandatory: readonly Channel[];
}

export interface Wish {
  readonly kind: NoticeKind;
  readonly channel: Channel;
  readonly enabled: boolean;
}

export interface EffectivePreference {
  readonly kind: NoticeKind;
  readonly channel: Channel;
  readonly isEnabled: boolean;
  readonly isMandatory: boolean;
}

/** What a member is told of and how: what is mandatory is on, whatever was wished before it became so. */
export const effective = (choices: readonly Choice[], wishes: readonly Wish[]): readonly EffectivePreference[] =>
  choices.flatMap(({ kind, channels, mandatory }) =>
    channels.map((channel) => {
      const isMandatory = mandatory.includes(channel);
      const wish = wishes.find((one) => one.kind === kind && one.channel === channel);
      return { kind, channel, isMandatory, isEnabled: isMandatory || (wish?.enabled ?? true) };
    }),
  );
