import { eventModel } from '@buffrsign/transparency';

export const referenceTo = (id: string | null): { readonly id: string } | null => (id === null ? null : { id });

interface ShownPersonalData {
  readonly subjectId: string;
  readonly commitment: string;
  readonly data: string | null;
  readonly isErased: boolean;
}

/** Every commitment of an event, with the data as far as they are there. */
export const shownPersonalData = ({ content }: { readonly content: string }, rows: readonly { readonly subject: string; readonly data: string }[]): ShownPersonalData[] =>
  eventModel.parse(JSON.parse(content)).personal.map(({ subject: subjectId, commitment }) => {
    const data = rows.find(({ subject }) => subject === subjectId)?.data ?? null;
    return { subjectId, commitment, data, isErased: data === null };
  });
