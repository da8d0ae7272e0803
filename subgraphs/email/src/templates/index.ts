import type { MailTemplate } from './define-template.ts';
import { documentRefused } from './document-refused.ts';
import { emailVerificationRequested } from './email-verification-requested.ts';
import { envelopeCompleted } from './envelope-completed.ts';
import { envelopeDeclined } from './envelope-declined.ts';
import { envelopeExpired } from './envelope-expired.ts';
import { envelopeVoided } from './envelope-voided.ts';
import { memberInvited } from './member-invited.ts';
import { notice } from './notice.ts';
import { passwordResetRequested } from './password-reset-requested.ts';
import { recipientCompleted } from './recipient-completed.ts';
import { recipientUnreachable } from './recipient-unreachable.ts';
import { reminder } from './reminder.ts';
import { signatureRequested } from './signature-requested.ts';

export type { MailTemplate } from './define-template.ts';

/** The templates that come with the platform. */
export const builtInTemplates: readonly MailTemplate[] = [
  signatureRequested,
  recipientCompleted,
  recipientUnreachable,
  envelopeCompleted,
  envelopeDeclined,
  envelopeVoided,
  envelopeExpired,
  documentRefused,
  memberInvited,
  passwordResetRequested,
  emailVerificationRequested,
  reminder,
  notice,
];

export const builtInTemplate = (name: string): MailTemplate | undefined => builtInTemplates.find((template) => template.name === name);
