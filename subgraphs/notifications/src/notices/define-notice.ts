import type { EventDefinition, Fact } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import type { Person } from '../domain/person.ts';
import type { Choice } from '../domain/preferences.ts';

/** What a notice says about one fact: `text` in the list of the application, the rest by mail. */
export interface NoticeContent {
  /** What happened, in a plain sentence. */
  readonly text: string;
  /** Values for the template of the mail. */
  readonly variables: Readonly<Record<string, string>>;
  /** Links that open doors: sealed at once, shown in the mail alone. */
  readonly links?: Readonly<Record<string, string>>;
  readonly envelopeId?: string;
  readonly documentId?: string;
  readonly recipientId?: string;
}

/** Who is told what, about which fact, and over which channels. One file each, to be read as policy. */
export interface Notice<Definition extends EventDefinition = EventDefinition> extends Choice {
  readonly when: Definition;
  readonly priority: 'LOW' | 'MEDIUM' | 'HIGH';
  /** Name of the e-mail template. */
  readonly template: string;
  /** Null means nobody; the reason is the comment above the return. */
  audience(work: Work, fact: Fact<Definition>): Promise<readonly Person[] | null>;
  content(work: Work, fact: Fact<Definition>): Promise<NoticeContent>;
}

/** Defines a notice; its facts are typed where it is written and read again where it is used. */
export const defineNotice = <Definition extends EventDefinition>(notice: Omit<Notice<Definition>, 'mandatory'> & { readonly mandatory?: Choice['mandatory'] }): Notice => ({ mandatory: [], ...notice }) as unknown as Notice;
