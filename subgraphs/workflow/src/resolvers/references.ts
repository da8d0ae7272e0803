/** Pointers to what other subgraphs own: the id says by its prefix what it is of. */
export const userOf = (id: string | null): { readonly id: string } | null => (id === null ? null : { id });

export const documentOf = (subjectId: string): { readonly id: string } | null => (subjectId.startsWith('doc_') ? { id: subjectId } : null);

export const envelopeOf = (subjectId: string): { readonly id: string } | null => (subjectId.startsWith('env_') ? { id: subjectId } : null);

/** A row that the database itself guarantees. */
export const required = async <Row>(row: Promise<Row | null>): Promise<Row> => {
  const found = await row;
  if (found === null) throw new Error('A row that another one points at is not there.');
  return found;
};
