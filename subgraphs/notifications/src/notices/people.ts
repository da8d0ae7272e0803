import type { Work } from '../context.ts';
import type { Person } from '../domain/person.ts';

const WITHOUT_NAME = 'The sender';

/** The member, unless they left or were suspended. One who is not known yet is told in the application: their address is still on its way. */
export const member = async (work: Work, organizationId: string, userId: string): Promise<readonly Person[]> => {
  const copy = await work.db.memberCopy.findUnique({ where: { organizationId_userId: { organizationId, userId } } });
  if (!copy) return [{ userId, name: '', email: null }];
  return copy.active ? [{ userId, name: copy.name, email: copy.email }] : [];
};

/** People by address; those who are members of the organization come with their account. */
export const peopleAt = async (work: Work, organizationId: string, people: readonly { readonly name: string; readonly email: string }[]): Promise<readonly Person[]> => {
  const copies = await work.db.memberCopy.findMany({ where: { organizationId, active: true, email: { in: people.map(({ email }) => email.toLowerCase()) } } });
  return people.map(({ name, email }) => ({ name, email, userId: copies.find((copy) => copy.email === email.toLowerCase())?.userId ?? null }));
};

/** How the sender is called in mails. */
export const nameOf = async (work: Work, organizationId: string, userId: string): Promise<string> => {
  const copy = await work.db.memberCopy.findUnique({ where: { organizationId_userId: { organizationId, userId } } });
  return copy?.name || WITHOUT_NAME;
};
