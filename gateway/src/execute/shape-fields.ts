import { functionOf, recordText } from '@buffrsign/kernel/gateway';
import { readOwn, type Data } from './data.ts';
import type { IsValid } from './leaf.ts';
import type { Shape, Shaping } from './shape.ts';
import { readText } from './source-text.ts';

export interface ShapedField {
  readonly name: string;
  /** What it goes by in the data. */
  readonly from: string;
  readonly shape: Shape;
  /** Of what has nothing inside: whether a value can stand as it is, with nothing to be said of it. */
  readonly isValid?: IsValid;
}

/** An object of its fields; nothing when one that may not be null is. */
export type ShapeFields = (data: Data, shaping: Shaping) => Data | null;

const fieldText = ({ name, from, isValid }: ShapedField, index: number): string => `
  let value${index} = ${readText('data', from)};
  ${isValid ? `if (!isValid${index}(value${index}))` : ''} {
    shaping.path.push(${JSON.stringify(name)});
    value${index} = shape${index}(value${index}, shaping);
    shaping.path.pop();
    if (value${index} === undefined) return null;
  }`;

/** Most of an answer is shaped here, so the fields are written out: a third of what a loop over them takes. */
export const compileShapeFields = (fields: readonly ShapedField[]): ShapeFields =>
  functionOf(
    `
    ${fields.map((_, index) => `const { shape: shape${index}, isValid: isValid${index} } = fields[${index}];`).join('\n')}
    return (data, shaping) => {
      ${fields.map(fieldText).join('')}
      return ${recordText(fields.map(({ name }, index) => [name, `value${index}`]))};
    };`,
    { fields, readOwn },
  );
