import { on } from '@buffrsign/kernel';
import { envelopeSent } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import { meetRecipient } from '../use-cases/index.ts';

export const onEnvelopeSent = on<Work>()(envelopeSent, async (tx, fact) => {
  for (const { name, email } of fact.data.recipients) await meetRecipient(tx, { organizationId: fact.organizationid, name, email });
});
