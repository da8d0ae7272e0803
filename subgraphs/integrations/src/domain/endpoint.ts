import { z } from 'zod';
import { WebhookEventType } from '../__generated__/prisma/enums.ts';
import { judgeUrl, type UrlRules } from './endpoint-url.ts';

/** Endpoints of one organization at most: every fact may become as many messages. */
export const MAX_ENDPOINTS = 20;

const description = z.string().trim().max(500, 'A description has at most 500 characters.');

const eventTypes = z
  .array(z.enum(WebhookEventType))
  .min(1, 'Name at least one event type.')
  .transform((types) => [...new Set(types)])
  .refine((types) => !types.includes('PING'), 'PING comes only when it is asked for; it cannot be subscribed to.');

const url = (rules: UrlRules) =>
  z.instanceof(URL).transform((value, ctx) => {
    const verdict = judgeUrl(value, rules);
    if (!verdict.allowed) ctx.addIssue({ code: 'custom', message: verdict.reason });
    return value.href;
  });

export const newEndpointModel = (rules: UrlRules) => z.object({ url: url(rules), description: description.nullish(), eventTypes });

export const endpointChangesModel = (rules: UrlRules) =>
  z.object({ url: url(rules).nullish(), description: description.nullish(), eventTypes: eventTypes.nullish(), state: z.enum(['ENABLED', 'DISABLED']).nullish() });
