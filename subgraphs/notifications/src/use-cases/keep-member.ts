import type { Work } from '../context.ts';

export interface MemberNews {
  readonly organizationId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
  readonly saidAt: Date;
}

/**
 * Keeps what was last said of a member, as far as notices need it: facts may come late and out of order. Addresses are
 * compared as people write them: upper and lower case are the same.
 */
export const keepMember = async (work: Work, { organizationId, userId, name, email, active, saidAt }: MemberNews): Promise<void> => {
  const news = { name, email: email.toLowerCase(), active, saidAt };
  const { count } = await work.db.memberCopy.createMany({ data: { organizationId, userId, ...news }, skipDuplicates: true });
  if (count === 0) await work.db.memberCopy.updateMany({ where: { organizationId, userId, saidAt: { lte: saidAt } }, data: news });
};

/** Who left is told nothing more, and their name and address are not kept. */
export const forgetMember = (work: Work, { organizationId, userId, saidAt }: Pick<MemberNews, 'organizationId' | 'userId' | 'saidAt'>): Promise<void> =>
  keepMember(work, { organizationId, userId, name: '', email: '', active: false, saidAt });
