import { z } from 'zod';

const PLACE = '{token}';

const linkTo = (path: string) =>
  z
    .string()
    .refine((url) => URL.canParse(url), 'is not an address')
    .refine((url) => url.includes(PLACE), `must have ${PLACE} where the secret of the link goes`)
    .default(`http://localhost:8000/${path}/${PLACE}`);

/** Where the links of mails lead: addresses with `{token}` where the secret goes. */
export const envModel = z.object({
  /** Accepts an invitation to an organization. */
  INVITATION_URL: linkTo('invitations'),
  /** Sets a new password. */
  PASSWORD_RESET_URL: linkTo('reset-password'),
  /** Confirms an e-mail address. */
  EMAIL_VERIFICATION_URL: linkTo('verify-email'),
});

export type Env = z.output<typeof envModel>;
