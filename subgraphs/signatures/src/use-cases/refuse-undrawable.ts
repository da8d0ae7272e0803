import { invalidInput, type InvalidInput } from '@buffrsign/kernel';
import { MAX_FIELDS_EACH } from '../domain/draft.ts';
import { MAX_DRAWING_BYTES, type GivenValue, type Issue } from '../domain/field-values.ts';
import type { SealingEngine } from '../sealing/engine.ts';

const issuesOf = async (engine: SealingEngine, { text, png }: GivenValue, index: number): Promise<Issue[]> => {
  const characters = text ? engine.refusedText(text) : [];
  if (characters.length > 0) return [{ path: `values.${index}.text`, message: `These characters cannot be shown in the document yet: ${characters.join(' ')}` }];
  const drawing = png ? Buffer.from(png.slice(0, MAX_DRAWING_BYTES * 2), 'base64') : null;
  // What is too large is refused by its size; it is not worth decoding.
  if (!drawing || drawing.length > MAX_DRAWING_BYTES) return [];
  const message = await engine.refusedDrawing(drawing);
  return message ? [{ path: `values.${index}.png`, message }] : [];
};

/** What could not be drawn into the document is refused while it is typed, never when it is sealed. */
export const refuseUndrawable = async (engine: SealingEngine, values: readonly GivenValue[]): Promise<InvalidInput | null> => {
  // Nobody has more fields; looking at drawings takes time.
  if (values.length > MAX_FIELDS_EACH) return invalidInput([{ path: 'values', message: `Nobody has more than ${MAX_FIELDS_EACH} fields.` }]);
  const issues = (await Promise.all(values.map((value, index) => issuesOf(engine, value, index)))).flat();
  return issues.length > 0 ? invalidInput(issues) : null;
};
