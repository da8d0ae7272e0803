import type { Channel as ChannelName } from '../__generated__/prisma/enums.ts';
import type { Notification } from '../__generated__/prisma/client.ts';
import type { Work } from '../context.ts';
import type { Person } from '../domain/person.ts';
import type { Notice, NoticeContent } from '../notices/index.ts';

/** One notification to be brought to one person. */
export interface Message {
  readonly notification: Notification;
  readonly person: Person;
  readonly notice: Notice;
  readonly content: NoticeContent;
}

/** A way to tell somebody. A further way is a further file here, a channel in the schema, and a line in the notices that go that way. */
export interface Channel {
  readonly name: ChannelName;
  /** Whether this person can be told so. */
  reaches(person: Person): boolean;
  /** Sends a notification on its way, in the transaction that makes it. */
  send(work: Work, message: Message): Promise<void>;
}
