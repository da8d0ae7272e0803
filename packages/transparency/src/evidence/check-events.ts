import { fromBase64 } from '../bytes.ts';
import { opens } from '../commitment.ts';
import { verifyInclusion } from '../merkle/verify.ts';
import type { Checkpoint } from '../note/checkpoint.ts';
import type { BundledEvent, BundledPersonal, EvidenceBundle } from './bundle.ts';
import { hashEvent, type AuditEvent } from './event.ts';
import { error, warning, type EventReport, type Finding } from './report.ts';

interface HashedEvent {
  readonly event: AuditEvent;
  readonly hash: string;
  readonly report: EventReport;
}

export interface CheckedEvents {
  readonly events: readonly HashedEvent[];
  readonly findings: readonly Finding[];
}

type PersonalState = EventReport['personal'][number]['state'];

const stateOf = (commitment: string, shown: BundledPersonal | undefined): PersonalState => {
  if (!shown || 'erased' in shown) return 'ERASED';
  return opens(Buffer.from(commitment, 'hex'), shown.data, Buffer.from(shown.salt, 'hex')) ? 'PROVEN' : 'ALTERED';
};

/** What is shown must be what is committed to, one for one: data that nothing commits to could be anybody's. */
const personalOf = ({ event, personal }: BundledEvent): EventReport['personal'] => {
  const shown = new Map(personal.map((one) => [one.subject, one]));
  const states = event.personal.map(({ subject, commitment }) => ({ subject, state: stateOf(commitment, shown.get(subject)) }));
  const committed = new Set(event.personal.map(({ subject }) => subject));
  const foreign = personal.filter(({ subject }) => !committed.has(subject)).map(({ subject }) => ({ subject, state: 'ALTERED' as const }));
  return shown.size === personal.length && committed.size === event.personal.length ? [...states, ...foreign] : [...states, ...foreign, { subject: event.thread.id, state: 'ALTERED' }];
};

const check = (bundled: BundledEvent, checkpoint: Checkpoint | null): HashedEvent => {
  const { event, proof } = bundled;
  const { hash, leafHash } = hashEvent(event);
  const included = checkpoint !== null && verifyInclusion({ leafHash, index: event.sequence, size: checkpoint.size, root: checkpoint.root, proof: proof.map((text) => fromBase64(text) ?? new Uint8Array()) });
  const { sequence, kind, occurredAt } = event;
  return { event, hash, report: { sequence, kind, occurredAt, hash, included, personal: personalOf(bundled) } };
};

const aboutEvent = ({ event: { sequence, kind }, report: { included, personal } }: HashedEvent): readonly Finding[] => {
  const name = `Event ${sequence} (${kind})`;
  const altered = personal.filter(({ state }) => state === 'ALTERED');
  const erased = personal.filter(({ state }) => state === 'ERASED');
  return [
    ...(included ? [] : [error('EVENT_NOT_INCLUDED', `${name} is not in the tree of the checkpoint: it was changed, or it was never recorded.`)]),
    ...altered.map(({ subject }) => error('PERSONAL_DATA_ALTERED', `${name}: the personal data of ${subject} are not those that were recorded.`)),
    ...erased.map(({ subject }) => warning('PERSONAL_DATA_ERASED', `${name}: the personal data of ${subject} were erased; the event itself is proven all the same.`)),
  ];
};

/** Whether the events are of this envelope, or of a document that an event of the envelope names. */
const belonging = (events: readonly HashedEvent[], { organization, envelope }: EvidenceBundle): readonly Finding[] => {
  const related = new Set(events.flatMap(({ event }) => (event.thread.id === envelope ? Object.values(event.about) : [])));
  return events.flatMap(({ event: { sequence, kind, organization: of, thread } }) => {
    if (of !== organization) return [error('EVENT_OF_ANOTHER_ORGANIZATION', `Event ${sequence} (${kind}) is of another organization.`)];
    if (thread.id !== envelope && !related.has(thread.id)) return [error('EVENT_OF_ANOTHER_ENVELOPE', `Event ${sequence} (${kind}) is about ${thread.id}, which no event of the envelope names.`)];
    return [];
  });
};

const inOrder = (events: readonly HashedEvent[]): readonly Finding[] =>
  events.flatMap(({ event, hash }, index) => {
    const next = events[index + 1]?.event;
    if (!next) return [];
    if (next.sequence <= event.sequence) return [error('EVENT_OUT_OF_ORDER', `Event ${next.sequence} stands after event ${event.sequence}.`)];
    if (next.sequence === event.sequence + 1 && next.previous !== hash) return [error('CHAIN_BROKEN', `Event ${next.sequence} does not follow event ${event.sequence} as it is here: one of them was changed.`)];
    return [];
  });

/** The thread of the envelope must be whole from its first event on: each is numbered and names the one before. */
const wholeThread = (thread: readonly HashedEvent[]): readonly Finding[] =>
  thread.flatMap(({ event: { sequence, thread: { number, previous } } }, index) => {
    const before = thread[index - 1];
    if (number !== index) return [error('EVENT_MISSING', `Event ${sequence} is number ${number} of the envelope, but ${index} stand before it here.`)];
    if (previous !== (before?.hash ?? null)) return [error('CHAIN_BROKEN', `Event ${sequence} does not name the event of the envelope that stands before it here.`)];
    return [];
  });

/** Checks every event by itself, and all of them together. */
export const checkEvents = (bundle: EvidenceBundle, checkpoint: Checkpoint | null): CheckedEvents => {
  const events = bundle.events.map((bundled) => check(bundled, checkpoint));
  const thread = events.filter(({ event }) => event.thread.id === bundle.envelope);
  const none = thread.length === 0 ? [error('NO_EVENTS', 'There is no event of the envelope.')] : [];
  const open = thread.length > 0 && !thread.some(({ event }) => event.ends) ? [warning('ENVELOPE_NOT_ENDED', 'No event here says that the envelope was completed or ended otherwise; there may be later ones.')] : [];
  return { events, findings: [...none, ...events.flatMap(aboutEvent), ...belonging(events, bundle), ...inOrder(events), ...wholeThread(thread), ...open] };
};
