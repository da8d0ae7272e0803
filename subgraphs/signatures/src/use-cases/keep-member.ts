import type { Work } from '../context.ts';

/** What auth says of a member of an organization. */
export interface Member {
  readonly organizationId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
  readonly saidAt: Date;
}

/** Keeps what was last said of a member: facts may come late and out of order. */
export const keepMember = async (tx: Work, member: Member): Promise<void> => {
  const row = { ...member, email: member.email.toLowerCase() };
  const { organizationId, userId, saidAt } = row;
  const { count } = await tx.db.memberCopy.createMany({ data: row, skipDuplicates: true });
  if (count === 0) await tx.db.memberCopy.updateMany({ where: { organizationId, userId, saidAt: { lte: saidAt } }, data: row });
};

/** Somebody is no member any more. Their name stays with the envelopes that they sent. */
export const retireMember = async (tx: Work, { organizationId, userId, saidAt }: Pick<Member, 'organizationId' | 'userId' | 'saidAt'>): Promise<void> => {
  await tx.db.memberCopy.updateMany({ where: { organizationId, userId, saidAt: { lte: saidAt } }, data: { active: false, saidAt } });
};
