import type { Work } from '../context.ts';

export interface MemberNews {
  readonly organizationId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
}

/** Keeps what notices need to know of a member. Addresses are compared as people write them: upper and lower case are the same. */
export const keepMember = async (work: Work, { organizationId, userId, name, email, active }: MemberNews): Promise<void> => {
  const news = { name, email: email.toLowerCase(), active };
  await work.db.memberCopy.upsert({ where: { organizationId_userId: { organizationId, userId } }, create: { organizationId, userId, ...news }, update: news });
};

/** Who left is told nothing more, and their name and address are not kept. */
export const forgetMember = (work: Work, organizationId: string, userId: string): Promise<void> => keepMember(work, { organizationId, userId, name: '', email: '', active: false });
