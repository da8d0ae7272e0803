import type { WebhookAttemptResolvers } from './../__generated__/types.ts';

export const WebhookAttempt: WebhookAttemptResolvers = {};
