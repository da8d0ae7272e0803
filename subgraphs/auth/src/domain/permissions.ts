/**
 * Every right that a member can hold, with what it allows. The names are the scopes of access tokens and of
 * `@requiresScopes` in all schemas: a scope that is not here can be held by nobody.
 */
export const permissions = {
  'documents:read': 'See documents, their versions and their files.',
  'documents:write': 'Upload, rename and delete documents.',
  'envelopes:read': 'See envelopes, their recipients and how far they are.',
  'envelopes:write': 'Prepare, send, correct and void envelopes.',
  'emails:read': 'See the e-mails that were sent and what became of them.',
  'emails:write': 'Send e-mails, send failed ones again and take waiting ones back.',
  'email-templates:read': 'See the templates of e-mails.',
  'email-templates:write': 'Change the templates of e-mails.',
  'notifications:read': 'See one’s own notifications and how one is notified.',
  'notifications:write': 'Mark one’s own notifications as read and choose how one is notified.',
  'contacts:read': 'See contacts.',
  'contacts:write': 'Add and change contacts.',
  'analyses:read': 'See what the analysis of documents found.',
  'analyses:write': 'Have documents analysed.',
  'tickets:read': 'See support tickets.',
  'tickets:write': 'Open, answer and close support tickets.',
  'audit:read': 'See the audit log and the audit trail, and the evidence in them.',
  'audit:write': 'Erase personal data from the audit trail.',
  'configuration:read': 'See the configuration.',
  'configuration:write': 'Change the configuration.',
  'services:read': 'See how the parts of the platform are.',
  'workflows:read': 'See workflows and their runs.',
  'workflows:write': 'Make, change and start workflows.',
  'metrics:read': 'See figures about what was sent, signed and declined.',
  'metrics:write': 'Define figures of the organization’s own and record their values.',
  'dashboards:read': 'See dashboards.',
  'dashboards:write': 'Make and change dashboards.',
  'compliance:read': 'See checks of compliance and their evidence.',
  'compliance:write': 'Have compliance checked and keep its records.',
  'integrations:read': 'See integrations, webhooks and their deliveries.',
  'integrations:write': 'Set up integrations and webhooks.',
  'verifications:read': 'See verifications of identity.',
  'verifications:write': 'Ask for verifications of identity.',
  'verifications:review': 'Decide on verifications of identity.',
  'api-clients:read': 'See the API clients.',
  'api-clients:write': 'Register and revoke API clients.',
  'schema:read': 'See the versions of the API’s schema.',
  'schema:write': 'Register versions of the API’s schema.',
  'members:read': 'See members and invitations.',
  'members:write': 'Invite, suspend and remove members, and give them roles.',
  'roles:read': 'See roles.',
  'roles:write': 'Make, change and delete roles.',
  'organization:read': 'See the settings of the organization.',
  'organization:write': 'Change the organization.',
} as const;

/** Scopes of guests, who hold no permissions: the token of a signing link is for one envelope and for this. */
export const guestScopes = {
  'envelope:sign': 'See the one envelope that the link is for, and sign or decline it.',
} as const;

/** The name of a right, which is also the scope of a token. */
export type Permission = keyof typeof permissions;

/** All of them, in the order of the table. */
export const allPermissions = Object.keys(permissions) as readonly Permission[];

/** Whether a text names a permission. */
export const isPermission = (text: string): text is Permission => Object.hasOwn(permissions, text);

/** These permissions, each once, in the order of the table. */
export const inOrder = (some: Iterable<Permission>): readonly Permission[] => {
  const held = new Set(some);
  return allPermissions.filter((permission) => held.has(permission));
};
