/**
 * The only list of the subgraphs: everything that needs to know them (ports, databases, codegen, composition,
 * docker-compose checks, start scripts) reads it here.
 */
export const subgraphs = [
  { name: 'auth', port: 8001 },
  { name: 'documents', port: 8002 },
  { name: 'signatures', port: 8003 },
  { name: 'email', port: 8004 },
  { name: 'ai', port: 8005 },
  { name: 'admin', port: 8006 },
  { name: 'workflow', port: 8007 },
  { name: 'analytics', port: 8008 },
  { name: 'compliance', port: 8009 },
  { name: 'crm', port: 8010 },
  { name: 'integrations', port: 8011 },
  { name: 'kyc', port: 8012 },
  { name: 'notifications', port: 8013 },
  { name: 'registry', port: 8014 },
] as const;

export type SubgraphName = (typeof subgraphs)[number]['name'];
