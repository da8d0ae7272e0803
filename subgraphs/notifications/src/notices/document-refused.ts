import { documentRefused as when } from '@buffrsign/documents/events';
import { defineNotice } from './define-notice.ts';
import { member } from './people.ts';

export const documentRefused = defineNotice({
  kind: 'DOCUMENT_REFUSED',
  when,
  priority: 'HIGH',
  channels: ['IN_APP', 'EMAIL'],
  template: 'document-refused',
  audience: (work, { organizationid, data }) => member(work, organizationid, data.uploadedBy),
  async content(_work, { data: { documentId, title, message } }) {
    return { text: `“${title}” cannot be used: ${message}`, variables: { documentTitle: title, reason: message }, documentId };
  },
});
