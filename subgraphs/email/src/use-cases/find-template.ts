import type { Rows } from '../context.ts';
import { builtInByName, viewOfRow, type TemplateView } from '../domain/template-view.ts';

/** The template in force under a name: the organization's own words before the built-in ones. */
export const findTemplate = async (db: Rows, organizationId: string, name: string): Promise<TemplateView | undefined> => {
  const row = await db.emailTemplate.findUnique({ where: { organizationId_name: { organizationId, name } } });
  return row ? viewOfRow(row) : builtInByName(name);
};
