import { z } from 'zod';
import { stepsModel } from './step.ts';

export type TemplateStatus = 'DRAFT' | 'ACTIVE' | 'INACTIVE' | 'ARCHIVED';

/** Where a template can go from where it stands. */
export const nextTemplateStatuses: Readonly<Record<TemplateStatus, readonly TemplateStatus[]>> = {
  DRAFT: ['ACTIVE', 'ARCHIVED'],
  ACTIVE: ['INACTIVE'],
  INACTIVE: ['ACTIVE', 'ARCHIVED'],
  ARCHIVED: [],
};

/** A template in use does not change under those who rely on it. */
export const canChange = (status: TemplateStatus): boolean => status === 'DRAFT' || status === 'INACTIVE';

const name = z.string().trim().min(1, 'Give the workflow a name.').max(100, 'A name has at most 100 characters.');
const description = z.string().trim().max(1000, 'A description has at most 1000 characters.');
const trigger = z.enum(['MANUAL', 'DOCUMENT_READY', 'ENVELOPE_COMPLETED']);

export const newTemplateModel = z.object({ name, description: description.nullish(), trigger, steps: stepsModel });
export const templateChangesModel = z.object({ name: name.nullish(), description: description.nullish(), trigger: trigger.nullish(), steps: stepsModel.nullish() });
