import { describe, expect, test } from 'vitest';
import { subjectModel } from '../src/domain/approval.ts';
import { judge } from '../src/domain/condition.ts';
import { hasEnded, nextMove, transitions, type ExecutionStatus, type StepStatus } from '../src/domain/execution.ts';
import { approversOf, stepsModel } from '../src/domain/step.ts';
import { canChange, nextTemplateStatuses } from '../src/domain/template.ts';

const condition = { fact: 'DOCUMENT_PAGES', comparison: 'GREATER', value: 10 } as const;
const approval = { name: 'Ask', approval: { approverId: 'usr_1', expiresInDays: 7 } };

describe('the steps of a template', () => {
  test('get their positions, and keep what is to be done', () => {
    expect(stepsModel.parse([{ name: ' Hold ', automated: { action: 'WAIT', hours: 2 } }, approval, { name: 'Long?', condition }])).toEqual([
      { position: 1, name: 'Hold', definition: { kind: 'AUTOMATED', action: 'WAIT', hours: 2 } },
      { position: 2, name: 'Ask', definition: { kind: 'HUMAN_APPROVAL', approverId: 'usr_1', expiresInDays: 7 } },
      { position: 3, name: 'Long?', definition: { kind: 'CONDITIONAL', ...condition, otherwiseGoTo: null } },
    ]);
  });

  test.each([
    ['none', [], ''],
    ['too many', Array.from({ length: 21 }, () => approval), ''],
    ['one that is two things', [{ ...approval, condition }], '0'],
    ['one that is nothing', [{ name: 'Nothing' }], '0'],
    ['one without a name', [{ ...approval, name: ' ' }], '0.name'],
    ['a wait without hours', [{ name: 'Hold', automated: { action: 'WAIT' } }], '0.automated'],
    ['a signal with hours', [{ name: 'Tell', automated: { action: 'SIGNAL', signal: 'go', hours: 1 } }], '0.automated'],
    ['a signal with a bad name', [{ name: 'Tell', automated: { action: 'SIGNAL', signal: 'Go!' } }], '0.automated.signal'],
    ['a way back', [approval, { name: 'Again?', condition: { ...condition, otherwiseGoTo: 1 } }], '1.condition.otherwiseGoTo'],
    ['a way to itself', [{ name: 'Again?', condition: { ...condition, otherwiseGoTo: 1 } }], '0.condition.otherwiseGoTo'],
    ['a way past the end', [{ name: 'Off?', condition: { ...condition, otherwiseGoTo: 2 } }], '0.condition.otherwiseGoTo'],
  ])('are refused when there is %s', (_what, steps, path) => {
    const { error } = stepsModel.safeParse(steps);
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });

  test('name each approver once', () => {
    expect(approversOf(stepsModel.parse([approval, approval, { name: 'Long?', condition }]))).toEqual(['usr_1']);
  });
});

describe('a condition', () => {
  const known = { pages: 10, bytes: null, recipients: 2 };
  test.each([
    ['GREATER', 9, true],
    ['GREATER', 10, false],
    ['LESS', 11, true],
    ['LESS', 10, false],
    ['EQUAL', 10, true],
    ['EQUAL', 9, false],
  ] as const)('%s than %i of ten pages: %s', (comparison, value, holds) => {
    expect(judge({ kind: 'CONDITIONAL', fact: 'DOCUMENT_PAGES', comparison, value, otherwiseGoTo: null }, known)).toEqual({ holds, note: 'The number of pages is 10.' });
  });

  test('does not guess what is not known', () => {
    expect(judge({ kind: 'CONDITIONAL', fact: 'DOCUMENT_BYTES', comparison: 'LESS', value: 1, otherwiseGoTo: null }, known)).toEqual({ holds: null, note: 'The size of the document is not known.' });
  });
});

describe('an execution', () => {
  const of = (...statuses: StepStatus[]) => nextMove(statuses.map((status) => ({ status }))).kind;

  test.each([
    ['RUN', ['COMPLETED', 'SKIPPED', 'PENDING', 'PENDING']],
    ['WAIT', ['COMPLETED', 'WAITING', 'PENDING']],
    ['FAIL', ['FAILED', 'PENDING']],
    ['COMPLETE', ['COMPLETED', 'SKIPPED']],
  ] as const)('does %s when its steps are %j', (move, statuses) => {
    expect(of(...statuses)).toBe(move);
  });

  test('that has ended stays so', () => {
    const ended = (Object.keys(transitions) as ExecutionStatus[]).filter(hasEnded);
    expect(ended).toEqual(['COMPLETED', 'FAILED', 'CANCELLED']);
  });
});

test('a template in use or put away does not change', () => {
  expect((['DRAFT', 'ACTIVE', 'INACTIVE', 'ARCHIVED'] as const).filter(canChange)).toEqual(['DRAFT', 'INACTIVE']);
  expect(nextTemplateStatuses.ARCHIVED).toEqual([]);
});

test('a subject is a document or an envelope, not both and not neither', () => {
  expect(subjectModel.parse({ documentId: 'doc_1' })).toEqual({ kind: 'DOCUMENT', id: 'doc_1' });
  expect(subjectModel.safeParse({}).success).toBe(false);
  expect(subjectModel.safeParse({ documentId: 'doc_1', envelopeId: 'env_1' }).success).toBe(false);
});
