import { newId, type Fact } from '@buffrsign/kernel';
import { channels } from '../channels/index.ts';
import type { Channel } from '../channels/channel.ts';
import type { Work } from '../context.ts';
import { audienceKey, eachOnce, type Person } from '../domain/person.ts';
import { effective } from '../domain/preferences.ts';
import type { Notice, NoticeContent } from '../notices/index.ts';

/** The channels over which a person is told: those of the notice that reach them and that they have not switched off. */
const channelsFor = async (work: Work, notice: Notice, organizationId: string, person: Person): Promise<readonly Channel[]> => {
  const wishes = person.userId ? await work.db.preference.findMany({ where: { organizationId, userId: person.userId, kind: notice.kind } }) : [];
  const wanted = effective([notice], wishes).filter(({ isEnabled }) => isEnabled).map(({ channel }) => channel);
  return channels.filter((channel) => wanted.includes(channel.name) && channel.reaches(person));
};

const tell = async (work: Work, notice: Notice, fact: Fact, person: Person, content: NoticeContent): Promise<void> => {
  const organizationId = fact.organizationid;
  const ways = await channelsFor(work, notice, organizationId, person);
  if (ways.length === 0) return;
  const [notification] = await work.db.notification.createManyAndReturn({
    data: {
      id: newId('ntf'),
      organizationId,
      factId: fact.id,
      kind: notice.kind,
      audience: audienceKey(person),
      userId: person.userId,
      shown: ways.some(({ name }) => name === 'IN_APP'),
      text: content.text,
      envelopeId: content.envelopeId ?? null,
      documentId: content.documentId ?? null,
      recipientId: content.recipientId ?? null,
      createdAt: work.now,
    },
    // Told once about one fact: the unique key decides.
    skipDuplicates: true,
  });
  if (!notification) return;
  for (const way of ways) await way.send(work, { notification, person, notice, content });
};

/** Tells everybody whom a fact concerns, each once, over the channels that reach them. */
export const notify = async (work: Work, notice: Notice, fact: Fact): Promise<void> => {
  const people = await notice.audience(work, fact);
  if (!people || people.length === 0) return;
  const content = await notice.content(work, fact);
  for (const person of eachOnce(people)) await tell(work, notice, fact, person, content);
};
