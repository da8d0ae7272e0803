import { z } from 'zod';

/** Characters kept of what a client says it is. Browsers take about 200. */
export const USER_AGENT_CHARACTERS = 512;

/** From where a request came, as the gateway saw it. Null is what is not known. */
export interface Client {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export const unknownClient: Client = { ip: null, userAgent: null };

export const clientModel: z.ZodType<Client> = z.object({ ip: z.string().max(64).nullable(), userAgent: z.string().max(USER_AGENT_CHARACTERS).nullable() });
