import { Kind, parse, valueFromASTUntyped, type DirectiveNode } from 'graphql';
import type { World } from './world/index.ts';

/** An id of theirs for every entity, chosen so that every subgraph that adds to it has something to show. */
export const entityIds: Readonly<Record<string, (of: World) => string>> = {
  Analysis: (of) => of.analysisId,
  ApiClient: (of) => of.apiClientId,
  ApiKey: (of) => of.apiKeyId,
  Approval: (of) => of.approvalId,
  AuditCheckpoint: (of) => of.auditCheckpointId,
  AuditEvent: (of) => of.auditEventId,
  AuditLogEntry: (of) => of.auditLogEntryId,
  ComplianceCheck: (of) => of.complianceCheckId,
  Contact: (of) => of.contactId,
  Dashboard: (of) => of.dashboardId,
  Document: (of) => of.documentId,
  DocumentVersion: (of) => of.sealedVersionId,
  EmailMessage: (of) => of.emailMessageId,
  EmailTemplate: (of) => of.emailTemplateId,
  Envelope: (of) => of.completedEnvelopeId,
  Invitation: (of) => of.invitationId,
  Membership: (of) => of.membershipId,
  Notification: (of) => of.notificationId,
  OperationUsage: (of) => of.operationUsageId,
  Organization: (of) => of.organizationId,
  RatePlan: (of) => of.ratePlanId,
  Recipient: (of) => of.recipientId,
  RetentionPolicy: (of) => of.retentionPolicyId,
  Role: (of) => of.roleId,
  SchemaVersion: (of) => of.schemaVersionId,
  Session: (of) => of.sessionId,
  SupportTicket: (of) => of.supportTicketId,
  TrustedOperation: (of) => of.trustedOperationId,
  User: (of) => of.otherUserId,
  Verification: (of) => of.verificationId,
  WebhookDelivery: (of) => of.webhookDeliveryId,
  WebhookEndpoint: (of) => of.webhookEndpointId,
  WorkflowExecution: (of) => of.workflowExecutionId,
  WorkflowTemplate: (of) => of.workflowTemplateId,
};

/** Who wrote to them, and for whom: the guests of an organization may see its name and the names of its people. */
export const seenByGuests: ReadonlySet<string> = new Set(['Organization', 'User']);

export interface Contribution {
  readonly entity: string;
  readonly subgraph: string;
}

const argumentsOf = (directive: DirectiveNode): Record<string, unknown> => Object.fromEntries((directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));

/** Every entity with every subgraph that answers references to it. */
export const contributionsOf = (supergraph: string): readonly Contribution[] =>
  parse(supergraph).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
    const joined = (definition.directives ?? []).filter(({ name }) => name.value === 'join__type').map(argumentsOf);
    return joined.filter(({ key, resolvable }) => key !== undefined && resolvable !== false).map(({ graph }) => ({ entity: definition.name.value, subgraph: String(graph).toLowerCase() }));
  });
