import type { DocumentContentResolvers } from './../__generated__/types.ts';
import { removedOf } from '../domain/upload-versions.ts';

export const DocumentContent: DocumentContentResolvers = {
  hasFormFields: (version) => version.hasAcroForm,
  hasLayers: (version) => version.hasOptionalContent,
  isSigned: (version) => version.signed,
  isTextTruncated: (version) => version.textTruncated,
  removed: removedOf,
};
