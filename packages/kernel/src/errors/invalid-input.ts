import type { z } from 'zod';

/** The outcome `InvalidInputError` of the shared schema. */
export interface InvalidInput {
  readonly __typename: 'InvalidInputError';
  readonly message: string;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
}

/** Says what is wrong with an input; `issues` has at least one. */
export const invalidInput = (issues: InvalidInput['issues']): InvalidInput => ({
  __typename: 'InvalidInputError',
  message: issues.length === 1 ? issues[0]!.message : `${issues.length} things are wrong with this input.`,
  issues,
});

/** Reads an input by a model: what the model makes of it, or the refusal that names every issue. */
export const readInput = <Model extends z.ZodType>(model: Model, input: unknown): { readonly data: z.output<Model> } | { readonly refusal: InvalidInput } => {
  const parsed = model.safeParse(input);
  if (parsed.success) return { data: parsed.data };
  return { refusal: invalidInput(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))) };
};
