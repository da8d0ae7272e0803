import { Problem } from '@buffrsign/kernel';
import type { Acting, Tools } from './context.ts';
import { allPermissions } from './domain/permissions.ts';
import { OWNER } from './domain/roles.ts';
import { actingMember } from './use-cases/acting-member.ts';
import { findRole } from './use-cases/find-role.ts';
import { acceptInvitation, logout, register, revokeInvitation } from './use-cases/index.ts';
import { invite } from './use-cases/invite-member.ts';

/** Somebody of the demo organization. `role` is a built-in one by name. */
export interface DemoMember {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: string;
}

const DEVICE = 'Demo data';

/** An outcome that the seed cannot go on without. @throws Error with the refusal's sentence. */
const insist = <Outcome extends { readonly __typename: string }, Name extends Outcome['__typename']>(outcome: Outcome, name: Name): Extract<Outcome, { readonly __typename: Name }> => {
  if (outcome.__typename === name) return outcome as Extract<Outcome, { readonly __typename: Name }>;
  throw new Error(`The demo organization cannot be made: ${'message' in outcome ? String(outcome.message) : outcome.__typename}`);
};

const ownerOf = async (tools: Tools, email: string): Promise<Acting | null> => {
  const membership = await tools.db.membership.findFirst({ where: { user: { email: email.toLowerCase() }, role: OWNER, status: 'ACTIVE' }, orderBy: { id: 'asc' } });
  return membership && { ...tools, actor: { kind: 'user', id: membership.userId, organizationId: membership.organizationId, scopes: allPermissions } };
};

const found = async (tools: Tools, organizationName: string, founder: DemoMember): Promise<Acting> => {
  const present = await ownerOf(tools, founder.email);
  if (present) return present;
  const anybody: Acting = { ...tools, actor: { kind: 'anonymous' } };
  const { tokens } = insist(await register(anybody, { ...founder, organizationName, device: DEVICE, idempotencyKey: 'demo' }), 'RegisterSuccess');
  await logout(anybody, tokens);
  return (await ownerOf(tools, founder.email))!;
};

/** Invites as `inviteMember` does, and keeps the token that otherwise only the mail has. */
const inviteKeepingToken = (owner: Acting, { email, role: roleId }: DemoMember): Promise<string> =>
  owner.transaction(async (tx) => {
    const acting = await actingMember(tx, owner.actor, 'members:write');
    const role = await findRole(tx, acting.membership.organizationId, roleId);
    if (!role) throw new Problem('NOT_FOUND', { message: `There is no role ${roleId}.` });
    return (await invite(tx, owner.services.seal, acting, email.toLowerCase(), role)).token;
  });

const add = async (owner: Acting, member: DemoMember): Promise<void> => {
  const email = member.email.toLowerCase();
  const { organizationId } = (await owner.transaction((tx) => actingMember(tx, owner.actor))).membership;
  if (await owner.db.membership.findFirst({ where: { organizationId, user: { email } } })) return;
  // A seed that was ended between inviting and accepting left an invitation whose token nobody has.
  const abandoned = await owner.db.invitation.findFirst({ where: { organizationId, openFor: email } });
  if (abandoned) insist(await revokeInvitation(owner, abandoned), 'RevokeInvitationSuccess');
  const anybody: Acting = { ...owner, actor: { kind: 'anonymous' } };
  const token = await inviteKeepingToken(owner, member);
  const { tokens } = insist(await acceptInvitation(anybody, { token, name: member.name, password: member.password, device: DEVICE }), 'AcceptInvitationSuccess');
  await logout(anybody, tokens);
};

/**
 * Makes the demo organization: the first member founds it, the others are invited and accept. What is there already
 * stays as it is, so that seeding again changes nothing.
 *
 * @throws Error when a member's name, address, password or role would be refused to anybody else too.
 */
export const seedDemo = async (tools: Tools, demo: { readonly organizationName: string; readonly members: readonly DemoMember[] }): Promise<void> => {
  const [founder, ...others] = demo.members;
  if (!founder) return;
  const owner = await found(tools, demo.organizationName, founder);
  for (const member of others) await add(owner, member);
};
