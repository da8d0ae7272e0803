import type { AuditEvent } from '@buffrsign/transparency';
import type { complianceUnderTest, member } from './compliance.ts';

type Member = ReturnType<typeof member>;

/** An entry of the trail, as the graph shows it. */
export interface Entry {
  readonly id: string;
  readonly sequence: number;
  readonly kind: string;
  readonly content: string;
  readonly hash: string;
  readonly personalData: readonly { readonly subjectId: string; readonly data: string | null; readonly isErased: boolean }[];
}

export const ENTRY = 'id sequence kind occurredAt recordedAt content hash envelope { id } document { id } recipient { id } user { id } personalData { subjectId commitment data isErased }';
export const ERASE = 'mutation ($subjectId: ID!) { eraseAuditPersonalData(input: { subjectId: $subjectId }) { ... on EraseAuditPersonalDataSuccess { subjectId erasedEvents } } }';

export const contentOf = ({ content }: Entry): AuditEvent => JSON.parse(content) as AuditEvent;

/** Reads the trail of an organization, in its order. */
export const trailReader =
  (run: ReturnType<typeof complianceUnderTest>['run']) =>
  async (actor: Member, filter: object = {}): Promise<Entry[]> => {
    const query = `query ($filter: AuditEventFilter) { auditEvents(first: 100, filter: $filter) { edges { node { ${ENTRY} } } } }`;
    const { edges } = await run<{ edges: { node: Entry }[] }>(actor, query, { filter });
    return edges.map(({ node }) => node).sort((one, other) => one.sequence - other.sequence);
  };
