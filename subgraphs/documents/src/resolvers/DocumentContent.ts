import type { DocumentContentResolvers } from './../__generated__/types.ts';

export const DocumentContent: DocumentContentResolvers = {
  hasFormFields: (version) => version.hasAcroForm,
  isTextTruncated: (version) => version.textTruncated,
};
