import type { DocumentAccessResolvers } from './../__generated__/types.ts';

export const DocumentAccess: DocumentAccessResolvers = {
  envelope: (access) => ({ id: access.envelopeId }),
  grantedBy: (access) => ({ id: access.grantedById }),
  level: () => 'READ',
  recipient: (access) => ({ id: access.recipientId }),
  revokedBy: (access) => (access.revokedById === null ? null : { id: access.revokedById }),
};
