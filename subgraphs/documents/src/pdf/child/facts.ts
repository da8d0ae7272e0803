import { textOf, type Revision } from '@buffrsign/pades/reader';
import type { Inspection } from '../inspection.ts';
import { Refused } from '../refusal.ts';

export type DocumentFacts = Pick<Inspection, 'title' | 'producer' | 'hasAcroForm' | 'hasOptionalContent'>;

const MAX_LABEL = 500;

/** What the document says of itself, and what it carries. An XFA form is refused. */
export function factsOf(revision: Revision): DocumentFacts {
  const { catalog } = revision;
  const form = revision.resolve(catalog.entries.get('AcroForm'));
  if (form.type === 'dict' && revision.resolve(form.entries.get('XFA')).type !== 'null') throw new Refused('XFA');
  const fields = form.type === 'dict' ? revision.resolve(form.entries.get('Fields')) : form;
  return {
    title: labelOf(revision, 'Title'),
    producer: labelOf(revision, 'Producer'),
    hasAcroForm: fields.type === 'array' && fields.items.length > 0,
    hasOptionalContent: revision.resolve(catalog.entries.get('OCProperties')).type === 'dict',
  };
}

function labelOf(revision: Revision, key: 'Title' | 'Producer'): string | null {
  const info = revision.resolve(revision.trailer.entries.get('Info'));
  const value = info.type === 'dict' ? revision.resolve(info.entries.get(key)) : info;
  return value.type === 'string' ? storable(textOf(value).trim().slice(0, MAX_LABEL)) || null : null;
}

/** Text that any database takes: no NUL, no half of a surrogate pair, one kind of line end. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\r\n', '\n').replaceAll('\0', '');
