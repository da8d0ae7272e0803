import { z } from 'zod';

const name = z.string().trim().min(1, 'Give the step a name.').max(100, 'A name has at most 100 characters.');
const hours = z.int().min(1, 'Wait at least 1 hour.').max(8_760, 'Wait at most a year, 8760 hours.');
const signal = z.string().regex(/^[a-z0-9-]{1,60}$/, 'A signal is 1 to 60 lower-case letters, digits and hyphens.');
export const expiresInDays = z.int().min(1, 'Give at least 1 day.').max(90, 'Give at most 90 days.');

const waitModel = z.object({ kind: z.literal('AUTOMATED'), action: z.literal('WAIT'), hours });
const signalModel = z.object({ kind: z.literal('AUTOMATED'), action: z.literal('SIGNAL'), signal });
const approvalModel = z.object({ kind: z.literal('HUMAN_APPROVAL'), approverId: z.string(), expiresInDays });
const conditionModel = z.object({
  kind: z.literal('CONDITIONAL'),
  fact: z.enum(['DOCUMENT_PAGES', 'DOCUMENT_BYTES', 'ENVELOPE_RECIPIENTS']),
  comparison: z.enum(['EQUAL', 'LESS', 'GREATER']),
  value: z.int().min(0, 'Compare with 0 or more.'),
  otherwiseGoTo: z.int().nullable(),
});

/** What is to be done in a step, as it is kept. */
export const definitionModel = z.union([waitModel, signalModel, approvalModel, conditionModel]);

export type Definition = z.output<typeof definitionModel>;
export type ApprovalDefinition = z.output<typeof approvalModel>;
export type ConditionDefinition = z.output<typeof conditionModel>;

/** A step: its place, what people call it, what is to be done. */
export interface Step {
  readonly position: number;
  readonly name: string;
  readonly definition: Definition;
}

/** A step as a row keeps it. @throws ZodError when the row was not written by this subgraph. */
export const stepOf = (row: { readonly position: number; readonly name: string; readonly definition: unknown }): Step => ({
  position: row.position,
  name: row.name,
  definition: definitionModel.parse(row.definition),
});

const automatedInput = z
  .object({ action: z.enum(['WAIT', 'SIGNAL']), hours: hours.nullish(), signal: signal.nullish() })
  .transform(({ action, ...given }, ctx): Definition => {
    if (action === 'WAIT' && given.hours && !given.signal) return { kind: 'AUTOMATED', action, hours: given.hours };
    if (action === 'SIGNAL' && given.signal && !given.hours) return { kind: 'AUTOMATED', action, signal: given.signal };
    ctx.addIssue({ code: 'custom', message: 'WAIT takes `hours`, SIGNAL takes `signal`, and neither takes the other.' });
    return z.NEVER;
  });

const stepInput = z
  .object({
    name,
    automated: automatedInput.nullish(),
    approval: approvalModel.omit({ kind: true }).nullish(),
    condition: conditionModel.extend({ otherwiseGoTo: z.int().nullish() }).omit({ kind: true }).nullish(),
  })
  .transform(({ name, automated, approval, condition }, ctx): Omit<Step, 'position'> => {
    const given: Definition[] = [];
    if (automated) given.push(automated);
    if (approval) given.push({ kind: 'HUMAN_APPROVAL', ...approval });
    if (condition) given.push({ kind: 'CONDITIONAL', ...condition, otherwiseGoTo: condition.otherwiseGoTo ?? null });
    if (given.length === 1) return { name, definition: given[0]! };
    ctx.addIssue({ code: 'custom', message: 'Give exactly one of `automated`, `approval` and `condition`.' });
    return z.NEVER;
  });

const MAX_STEPS = 20;

/** The steps of a template as they are given, with their positions. */
export const stepsModel = z
  .array(stepInput)
  .min(1, 'A workflow has at least one step.')
  .max(MAX_STEPS, `A workflow has at most ${MAX_STEPS} steps.`)
  .transform((steps): Step[] => steps.map((step, index) => ({ position: index + 1, ...step })))
  .check(({ value: steps, issues }) => {
    for (const { position, definition } of steps) {
      if (definition.kind !== 'CONDITIONAL' || definition.otherwiseGoTo === null) continue;
      // Only ahead: a workflow that could go back might never end.
      const ahead = definition.otherwiseGoTo > position && definition.otherwiseGoTo <= steps.length;
      if (!ahead) issues.push({ code: 'custom', input: definition.otherwiseGoTo, path: [position - 1, 'condition', 'otherwiseGoTo'], message: 'Name the position of a later step.' });
    }
  });

/** The members whom the steps ask. */
export const approversOf = (steps: readonly Step[]): string[] => [...new Set(steps.flatMap(({ definition }) => (definition.kind === 'HUMAN_APPROVAL' ? [definition.approverId] : [])))];
