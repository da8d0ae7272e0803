import type { Work } from '../context.ts';
import type { Person } from '../domain/person.ts';
import { peopleAt } from './people.ts';

/** The recipients of an envelope who were asked to sign so far: the others need not know that there was one. */
export const askedOf = async (work: Work, organizationId: string, envelopeId: string): Promise<readonly Person[]> => {
  const asked = await work.db.askedRecipient.findMany({ where: { envelopeId, organizationId }, orderBy: { recipientId: 'asc' } });
  return peopleAt(work, organizationId, asked);
};
