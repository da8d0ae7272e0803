import type { Work } from '../context.ts';
import { compose } from '../domain/compose.ts';
import { queueEmail } from './queue-email.ts';
import { findTemplate } from './find-template.ts';

/** A mail that another part of the platform asks for. */
export interface RequestedEmail {
  readonly organizationId: string;
  readonly deliveryId: string;
  readonly to: { readonly name: string; readonly email: string };
  readonly template: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly sealedVariables: string | null;
}

/**
 * Queues a mail that a fact asks for, once.
 *
 * @throws VariablesError or Error when the asker and the template do not fit: the fact waits until one of them is mended.
 */
export const queueRequestedEmail = async (work: Work, request: RequestedEmail): Promise<void> => {
  const { organizationId, deliveryId, to, variables, sealedVariables } = request;
  const template = await findTemplate(work.db, organizationId, request.template);
  if (!template) throw new Error(`There is no e-mail template ${request.template}.`);
  const links = sealedVariables === null ? [] : Object.keys(work.services.openLinks(sealedVariables));
  const content = compose(template, to.name, variables, links);
  await queueEmail(work, { organizationId, deliveryId, to, content, template, sealedLinks: sealedVariables });
};
