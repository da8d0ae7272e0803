import { found, Problem, readInput } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { ADDRESSEE, fillContent, VariablesError } from '../domain/compose.ts';
import { variablesModel } from '../domain/email-input.ts';
import { render, type Rendered } from '../domain/render.ts';
import { variablesRefused, type VariablesRefused } from './template-refusals.ts';

export type PreviewEmailTemplateOutcome = ({ readonly __typename: 'EmailPreview' } & Rendered) | VariablesRefused;

export const previewEmailTemplate = async (ctx: Context, args: { readonly id: string; readonly variables: unknown }): Promise<PreviewEmailTemplateOutcome> => {
  const template = found(await ctx.load.emailTemplate.load(args.id));
  const read = readInput(variablesModel, args.variables);
  if ('refusal' in read) throw new Problem('BAD_USER_INPUT', { message: read.refusal.message });
  const known = [...template.variables, ADDRESSEE];
  const unknown = Object.keys(read.data).filter((name) => !known.includes(name));
  if (unknown.length > 0) return variablesRefused(new VariablesError(template.name, { unknown, missing: [] }));
  const samples = Object.fromEntries(known.map((name) => [name, `‹${name}›`]));
  return { __typename: 'EmailPreview', ...render(fillContent(template, { ...samples, ...read.data })) };
};
