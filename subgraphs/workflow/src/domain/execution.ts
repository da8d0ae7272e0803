export type ExecutionStatus = 'PENDING' | 'RUNNING' | 'PAUSED' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
export type StepStatus = 'PENDING' | 'WAITING' | 'COMPLETED' | 'SKIPPED' | 'FAILED' | 'CANCELLED';
export type Act = 'begin' | 'pause' | 'resume' | 'complete' | 'fail' | 'cancel';

/** What can be done to an execution where it stands, and where it then stands. */
export const transitions: Readonly<Record<ExecutionStatus, Readonly<Partial<Record<Act, ExecutionStatus>>>>> = {
  PENDING: { begin: 'RUNNING', pause: 'PAUSED', cancel: 'CANCELLED' },
  RUNNING: { pause: 'PAUSED', complete: 'COMPLETED', fail: 'FAILED', cancel: 'CANCELLED' },
  PAUSED: { resume: 'RUNNING', cancel: 'CANCELLED' },
  COMPLETED: {},
  FAILED: {},
  CANCELLED: {},
};

export const hasEnded = (status: ExecutionStatus): boolean => Object.keys(transitions[status]).length === 0;

/** What an execution does next. */
export type Move<Step> = { readonly kind: 'RUN'; readonly step: Step } | { readonly kind: 'WAIT' } | { readonly kind: 'COMPLETE' } | { readonly kind: 'FAIL'; readonly step: Step };

/** What an execution does next, by how its steps stand, in their order. */
export const nextMove = <Step extends { readonly status: StepStatus }>(steps: readonly Step[]): Move<Step> => {
  const failed = steps.find(({ status }) => status === 'FAILED');
  if (failed) return { kind: 'FAIL', step: failed };
  if (steps.some(({ status }) => status === 'WAITING')) return { kind: 'WAIT' };
  const step = steps.find(({ status }) => status === 'PENDING');
  return step ? { kind: 'RUN', step } : { kind: 'COMPLETE' };
};
