import type { Acting } from '../context.ts';
import { deviceName } from '../domain/people.ts';
import type { TooManyAttempts } from '../domain/throttle.ts';
import { beginSession, issueTokens, signedIn, type SignedIn, type Tokens } from './begin-session.ts';
import { checkPassword, invalidCredentials, passwordStands, type Account, type InvalidCredentials } from './check-password.ts';
import { findActiveMembership, noActiveMembership, type NoActiveMembership } from './find-membership.ts';

export interface LoginInput {
  readonly email: string;
  readonly password: string;
  readonly organizationId?: string | null | undefined;
  readonly device?: string | null | undefined;
}

export type LoginOutcome = ({ readonly __typename: 'LoginSuccess'; readonly tokens: Tokens } & SignedIn) | InvalidCredentials | NoActiveMembership | TooManyAttempts;

const enter = async (ctx: Acting, account: Account, input: LoginInput) =>
  ctx.transaction(async (tx) => {
    if (!(await passwordStands(tx, account))) return invalidCredentials;
    const membership = await findActiveMembership(tx, account.user.id, input.organizationId);
    if (!membership) return noActiveMembership;
    // What a sign-in calls itself is no reason to turn somebody away.
    const device = deviceName.safeParse(input.device).data ?? null;
    return { grant: await beginSession(tx, membership, device), ...signedIn(account.user, membership) };
  });

export const login = async (ctx: Acting, input: LoginInput): Promise<LoginOutcome> => {
  const checked = await checkPassword(ctx, input.email.trim().toLowerCase(), input.password);
  if ('refusal' in checked) return checked.refusal;
  const entered = await enter(ctx, checked.account, input);
  if ('__typename' in entered) return entered;
  const { grant, ...who } = entered;
  return { __typename: 'LoginSuccess', tokens: await issueTokens(ctx, grant), ...who };
};
