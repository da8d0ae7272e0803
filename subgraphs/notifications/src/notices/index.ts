import type { NoticeKind } from '../__generated__/prisma/enums.ts';
import type { Notice } from './define-notice.ts';
import { documentRefused } from './document-refused.ts';
import { emailVerificationRequested } from './email-verification-requested.ts';
import { envelopeCompleted } from './envelope-completed.ts';
import { envelopeDeclined } from './envelope-declined.ts';
import { envelopeExpired } from './envelope-expired.ts';
import { envelopeVoided } from './envelope-voided.ts';
import { memberInvited } from './member-invited.ts';
import { passwordResetRequested } from './password-reset-requested.ts';
import { recipientCompleted } from './recipient-completed.ts';
import { recipientUnreachable } from './recipient-unreachable.ts';
import { signatureRequested } from './signature-requested.ts';

export type { Notice, NoticeContent } from './define-notice.ts';

/** Everything that anybody is told. */
export const notices: readonly Notice[] = [
  signatureRequested,
  recipientCompleted,
  ...recipientUnreachable,
  envelopeCompleted,
  envelopeDeclined,
  envelopeVoided,
  envelopeExpired,
  documentRefused,
  memberInvited,
  passwordResetRequested,
  emailVerificationRequested,
];

const byKind = new Map(notices.map((notice) => [notice.kind, notice]));

export const noticeOf = (kind: NoticeKind): Notice => byKind.get(kind)!;

/** What members choose over: notices that also stand in their list. The others are letters about their own account. */
export const choices: readonly Notice[] = [...byKind.values()].filter(({ channels }) => channels.includes('IN_APP'));
