import { admin } from './admin.ts';
import { ai } from './ai.ts';
import { analytics } from './analytics.ts';
import { auth } from './auth.ts';
import { compliance } from './compliance.ts';
import { crm } from './crm.ts';
import { documents } from './documents.ts';
import { email } from './email.ts';
import { integrations } from './integrations.ts';
import { kyc } from './kyc.ts';
import { notifications } from './notifications.ts';
import type { Probe, Table } from './probe.ts';
import { registry } from './registry.ts';
import { signatures } from './signatures.ts';
import { workflow } from './workflow.ts';

/** Every root field of the API, by subgraph. Signing in stands last: its acts end sessions and memberships. */
export const table: Table = { ...admin, ...ai, ...analytics, ...compliance, ...crm, ...email, ...integrations, ...kyc, ...notifications, ...registry, ...workflow, ...signatures, ...documents, ...auth };

export interface NamedProbe extends Probe {
  /** The root field, as `Query.document`. */
  readonly path: string;
  /** As `path`, counted where a field is probed more than once. */
  readonly name: string;
}

export const probes: readonly NamedProbe[] = Object.entries(table).flatMap(([path, entry]) => {
  const list = [entry].flat() as Probe[];
  return list.map((probe, index) => ({ ...probe, path, name: list.length > 1 ? `${path} (${index + 1})` : path }));
});
