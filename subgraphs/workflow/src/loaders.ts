import { byForeignKey, byId, byKey, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { visible } from './policies.ts';

export const template = ({ db, actor }: LoaderSource<Database>) => byId((ids) => db.workflowTemplate.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const stepsOfTemplate = ({ db, actor }: LoaderSource<Database>) =>
  byForeignKey(
    (ids) => db.templateStep.findMany({ where: { templateId: { in: [...ids] }, ...visible(actor) }, orderBy: { position: 'asc' } }),
    (step) => step.templateId,
  );

export const execution = ({ db, actor }: LoaderSource<Database>) => byId((ids) => db.workflowExecution.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const stepsOfExecution = ({ db, actor }: LoaderSource<Database>) =>
  byForeignKey(
    (ids) => db.stepExecution.findMany({ where: { executionId: { in: [...ids] }, ...visible(actor) }, orderBy: { position: 'asc' } }),
    (step) => step.executionId,
  );

export const approval = ({ db, actor }: LoaderSource<Database>) => byId((ids) => db.approval.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const approvalOfStep = ({ db, actor }: LoaderSource<Database>) =>
  byKey(
    (ids) => db.approval.findMany({ where: { stepExecutionId: { in: [...ids] }, ...visible(actor) } }),
    (row) => row.stepExecutionId ?? '',
  );
