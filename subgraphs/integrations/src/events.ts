import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

/** Subject: the endpoint. The address may hold a secret in its path, so only the host is told. */
export const webhookEndpointDisabled = defineEvent({
  name: 'integrations.webhook-endpoint-disabled.v1',
  description: 'A webhook endpoint was switched off because it accepted nothing for days, or said that it is gone.',
  schema: z.object({ webhookEndpointId: z.string(), host: z.string(), reason: z.enum(['FAILING', 'GONE']), disabledAt: z.iso.datetime() }),
});
