import { memberChanged, memberJoined, memberLeft } from '@buffrsign/auth/events';
import { on } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { keepMember, retireMember } from '../use-cases/index.ts';

export const onMemberJoined = on<Work>()(memberJoined, (tx, fact) => {
  const { userId, name, email } = fact.data;
  return keepMember(tx, { organizationId: fact.organizationid, userId, name, email, active: true, saidAt: new Date(fact.time) });
});

export const onMemberChanged = on<Work>()(memberChanged, (tx, fact) => {
  const { userId, name, email, status } = fact.data;
  return keepMember(tx, { organizationId: fact.organizationid, userId, name, email, active: status === 'ACTIVE', saidAt: new Date(fact.time) });
});

export const onMemberLeft = on<Work>()(memberLeft, (tx, fact) => retireMember(tx, { organizationId: fact.organizationid, userId: fact.data.userId, saidAt: new Date(fact.time) }));
