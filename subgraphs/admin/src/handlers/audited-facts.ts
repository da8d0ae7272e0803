import { memberChanged, memberInvited, memberJoined, memberLeft, organizationCreated } from '@buffrsign/auth/events';
import { documentDeleted, documentReady, documentRefused, documentVersionAdded } from '@buffrsign/documents/events';
import { on, type EventData, type EventDefinition, type Handler } from '@buffrsign/kernel';
import { envelopeCompleted, envelopeDeclined, envelopeSent, envelopeVoided, recipientCompleted, recipientDeclined, recipientDelivered, recipientSent } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import { recordFact, type Told } from '../use-cases/index.ts';

/** Only what the sentence says is kept: facts also carry sealed links, which belong in no log. */
const audit = <Definition extends EventDefinition>(event: Definition, tell: (data: EventData<Definition>) => Told): Handler<Work> =>
  on<Work>()(event, (tx, fact) => recordFact(tx, fact, tell(fact.data)));

const byPlatform = (summary: string): Told => ({ summary, actorId: null, actorName: null });
const byMember = (actorId: string, summary: string): Told => ({ summary, actorId, actorName: null });
const byPerson = (actorName: string, summary: string): Told => ({ summary, actorId: null, actorName });

/** What is written into the audit log, and in which words. */
export const auditedFacts: readonly Handler<Work>[] = [
  audit(organizationCreated, ({ name }) => byPlatform(`The organization “${name}” was founded.`)),
  audit(memberInvited, ({ email, role, invitedBy }) => byMember(invitedBy, `${email} was invited as ${role}.`)),
  audit(memberJoined, ({ userId, name, role }) => byMember(userId, `${name} joined as ${role}.`)),
  audit(memberChanged, ({ name, role, status }) => byPlatform(`${name} is now ${role}, ${status.toLowerCase()}.`)),
  audit(memberLeft, () => byPlatform('A member left the organization.')),
  audit(documentReady, ({ title, uploadedBy }) => byMember(uploadedBy, `The document “${title}” was uploaded.`)),
  audit(documentRefused, ({ title, message, uploadedBy }) => byMember(uploadedBy, `The document “${title}” was refused: ${message}`)),
  audit(documentVersionAdded, ({ envelopeId }) => byPlatform(`The sealed PDF of envelope ${envelopeId} was added as a version.`)),
  audit(documentDeleted, ({ deletedBy }) => byMember(deletedBy, 'The document was deleted.')),
  audit(envelopeSent, ({ title, senderId, recipients }) => byMember(senderId, `The envelope “${title}” was sent to ${recipients.map(({ name }) => name).join(', ')}.`)),
  audit(recipientSent, ({ title, name, email }) => byPlatform(`${name} (${email}) was asked to sign “${title}”.`)),
  audit(recipientDelivered, ({ title, name }) => byPerson(name, `${name} opened “${title}”.`)),
  audit(recipientCompleted, ({ title, name }) => byPerson(name, `${name} signed “${title}”.`)),
  audit(recipientDeclined, ({ title, name, reason }) => byPerson(name, `${name} declined to sign “${title}”: ${reason}`)),
  audit(envelopeCompleted, ({ title }) => byPlatform(`All have signed “${title}”, and it was sealed.`)),
  audit(envelopeDeclined, ({ title, reason }) => byPlatform(`The envelope “${title}” ended, for it was declined: ${reason}`)),
  audit(envelopeVoided, ({ title, senderId, reason, expired }) => (expired ? byPlatform(`The envelope “${title}” expired.`) : byMember(senderId, `The envelope “${title}” was taken back: ${reason}`))),
];
