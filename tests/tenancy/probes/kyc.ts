import { nothing, own, type Table } from './probe.ts';

const person = { personName: 'Somebody', dateOfBirth: '1980-01-01' };
const document = { type: 'NAMIBIAN_ID_NUMBER', number: '80010112345' };

export const kyc: Table = {
  'Query.verification': nothing(({ verificationId: id }) => ({ id })),
  'Query.verifications': own(),
  'Mutation.startVerification': [
    own(() => ({ input: { ...person, idempotencyKey: 'probe' } })),
    // Whether there is such a recipient is not told; theirs stays null.
    own(({ recipientId }) => ({ input: { ...person, recipientId, idempotencyKey: 'probe theirs' } })),
  ],
  'Mutation.addVerificationDocument': nothing(({ undocumentedVerificationId: id }) => ({ input: { id, document } })),
  'Mutation.takeVerification': nothing(({ verificationId: id }) => ({ input: { id } })),
  'Mutation.decideVerification': nothing(({ verificationId: id }) => ({ input: { id, decision: 'VERIFY', reason: 'Because', idempotencyKey: 'probe' } })),
};
