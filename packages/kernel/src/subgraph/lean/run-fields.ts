import { functionOf, recordText } from '../../gateway/record.ts';
import type { IsPlain } from './leaf.ts';
import { afterAll, type Eventually, type Run, type Step } from './run.ts';

/** Runs one field of an object that stands at `parent`; at the root there is none. */
export type RunField = (source: unknown, run: Run, parent: Step | undefined) => Eventually<unknown>;

export interface RunnableField {
  /** In the answer. */
  readonly name: string;
  readonly run: RunField;
  /** Where the field is a property of the object: which one, and what of it needs nothing done. */
  readonly plain?: { readonly property: string; readonly isPlain: IsPlain };
}

/** What is no object has no properties. */
const NOTHING: object = Object.freeze(Object.create(null));

/** A property can be one that throws; then the field is run, which knows what to do with that. */
const fieldText = ({ plain }: RunnableField, index: number): string => {
  const run = `value${index} = run${index}(source, run, path);
      if (value${index} instanceof Promise) (waiting ??= []).push(value${index}.then((got) => { value${index} = got; }));`;
  if (!plain) return run;
  return `try { value${index} = object[${JSON.stringify(plain.property)}]; } catch {}
      if (!isPlain${index}(value${index})) {
        value${index} = undefined;
        ${run}
      }`;
};

/**
 * Runs all fields of an object and puts together what comes of them, waiting only for what is a promise. It is written
 * out for its fields, for the reason that records are.
 */
export const compileRunFields = (fields: readonly RunnableField[]): ((source: unknown, run: Run, path: Step | undefined) => Eventually<Record<string, unknown>>) =>
  functionOf(
    `
    ${fields.map(({ plain }, index) => `const run${index} = fields[${index}].run${plain ? `, isPlain${index} = fields[${index}].plain.isPlain` : ''};`).join('\n')}
    return (source, run, path) => {
      const object = typeof source === 'object' && source !== null ? source : NOTHING;
      let waiting;
      ${fields.map((_, index) => `let value${index};`).join(' ')}
      const made = () => (${recordText(fields.map(({ name }, index) => [name, `value${index}`]))});
      try {
        ${fields.map(fieldText).join('\n')}
      } catch (error) {
        if (waiting) return afterAll(waiting, error);
        throw error;
      }
      return waiting ? Promise.all(waiting).then(made) : made();
    };`,
    { fields, afterAll, NOTHING },
  );
