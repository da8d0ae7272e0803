import type { EventDefinition, Handler } from '@buffrsign/kernel';
import { subgraphs } from '../../subgraphs/index.ts';
import { fieldsOf } from './shape.ts';

const INTRODUCTION = `# Facts

What the subgraphs tell each other: every fact, who says it, who listens, and what it carries. Written by \`npm run docs\` from \`subgraphs/*/src/events.ts\` and \`subgraphs/*/src/handlers/\`; do not edit.

On the wire a fact is a CloudEvent 1.0 in JSON: \`id\` (a fact that comes again has the same), \`source\` (the subgraph that says it), \`type\` (the name below), \`subject\` (id of what it is about), \`organizationid\`, \`time\`, \`sequence\` (the fact’s number among all of its source, 19 digits), and \`data\` (the fields below). Facts are delivered at least once. Fields whose name begins with \`sealed\` are encrypted with the platform's data key.
`;

const isEvent = (value: unknown): value is EventDefinition => typeof value === 'object' && value !== null && 'name' in value && 'schema' in value && 'description' in value;

const eventsOf = async (subgraph: string): Promise<readonly EventDefinition[]> => {
  const module = (await import(`@buffrsign/${subgraph}/events`)) as Record<string, unknown>;
  return Object.values(module).filter(isEvent);
};

const heardBy = async (subgraph: string): Promise<readonly string[]> => {
  const { handlers } = (await import(`../../subgraphs/${subgraph}/src/handlers/index.ts`)) as { handlers: readonly Handler<never>[] };
  return handlers.map((handler) => handler.event.name);
};

const anchorOf = (name: string): string => name.replaceAll('.', '');

const sectionOf = ({ name, description, schema }: EventDefinition, listeners: readonly string[]): string => {
  const rows = fieldsOf(schema).map((field) => `| \`${field.path}\` | ${field.type}${field.description && `: ${field.description}`} |`);
  const heard = listeners.length > 0 ? listeners.join(', ') : 'nobody yet; it is there for subscriptions and for who comes later';
  return `### ${name}\n\n${description}\n\n**Heard by:** ${heard}\n\n| data | |\n|---|---|\n${rows.join('\n')}\n`;
};

/** The page of all facts. @throws Error when generated code is missing: `npm run generate` first. */
export const eventsPage = async (): Promise<string> => {
  const listening = new Map<string, readonly string[]>();
  for (const { name } of subgraphs) listening.set(name, await heardBy(name));
  const listenersOf = (event: string) => [...listening].filter(([, events]) => events.includes(event)).map(([name]) => name);

  const rows: string[] = [];
  const sections: string[] = [];
  for (const { name } of subgraphs) {
    const events = await eventsOf(name);
    if (events.length > 0) sections.push(`## Said by ${name}\n`);
    for (const event of events) {
      rows.push(`| [${event.name}](#${anchorOf(event.name)}) | ${listenersOf(event.name).join(', ')} |`);
      sections.push(sectionOf(event, listenersOf(event.name)));
    }
  }
  return [INTRODUCTION, `| fact | heard by |\n|---|---|\n${rows.join('\n')}\n`, ...sections].join('\n');
};
